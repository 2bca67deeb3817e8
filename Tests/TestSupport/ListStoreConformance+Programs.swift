import Foundation
import MailingList
import OpenPGP
import SMTP
import Testing

extension ListStoreConformance {
    static let programs = [
        Self("what waits for a program is found by that, until it ends") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            func begin(_ person: Int, _ challenge: UInt64?) throws {
                let workflow = try WorkflowSamples.workflow(person, of: list, token: challenge ?? 0)
                try store.carryOut(
                    [
                        .begin(
                            challenge == nil ? WorkflowSamples.withoutChallenge(workflow) : workflow
                        )
                    ],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
            try begin(1, nil)
            try begin(2, 2)
            try begin(3, nil)
            func waiting(after id: Workflow.ID, at time: Int) throws -> [Workflow] {
                try store.workflowsAwaitingPrograms(
                    after: id,
                    now: StoreSamples.time(time),
                    limit: 9
                )
            }
            let found = try waiting(after: 0, at: 0)
            #expect(found.map(\.address.localPart) == ["person1", "person3"])
            #expect(try waiting(after: found[0].id, at: 0).map(\.id) == [found[1].id])
            #expect(try waiting(after: 0, at: 100).isEmpty)
        },
        Self("certifications are kept, the newest by each key of each name, and not too many") {
            fixture in
            let (store, list) = (fixture.store, try fixture.list())
            func certify(_ certifier: Int, _ name: String, _ time: Int) throws {
                let certification = Certification(
                    certifier: try StoreSamples.certificate(certifier).fingerprint,
                    userID: Array(name.utf8),
                    made: StoreSamples.time(time),
                    packet: [UInt8(time)]
                )
                try store.carryOut(
                    [.certify([certification])],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
            try certify(1, "a", 5)
            try certify(1, "a", 4)
            #expect(try store.certifications(of: list.id).map(\.packet) == [[5]])
            try certify(1, "a", 6)
            try certify(1, "b", 1)
            #expect(try store.certifications(of: list.id).map(\.packet) == [[6], [1]])
            for number in 2..<30 { try certify(number, "a", 1) }
            #expect(try store.certifications(of: list.id).count == 16)
            // Of those that are there a newer one is still taken.
            try certify(1, "a", 9)
            #expect(try store.certifications(of: list.id).map(\.packet).contains([9]))
            #expect(try store.certifications(of: try fixture.list("b").id).isEmpty)
        },
        Self("notices for a decision go to owners and moderators, and to nobody else") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let owner = try fixture.person(1, of: list, roles: .owner)
            let moderator = try fixture.person(2, of: list, roles: .moderator)
            try fixture.person(3, of: list, roles: [.subscriber, .nonmember])
            func send(_ number: Int, to reader: Answer.Reader) throws {
                try store.carryOut(
                    [],
                    answers: [
                        SealedAnswer(
                            reader: reader,
                            post: StoreSamples.post("answer\(number)", kind: .ownerMail)
                        )
                    ],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
            try send(1, to: .deciders)
            let due = try fixture.due()
            #expect(Set(due.compactMap(\.subscriber)) == [owner.id, moderator.id])
            // Without that role, without the notice.
            try store.removeRoles(.moderator, of: moderator.id)
            #expect(try fixture.due().map(\.subscriber) == [owner.id])
            try send(2, to: .owners)
            #expect(try fixture.due().map(\.subscriber) == [owner.id, owner.id])
        },
        Self("a nonmember gets no post, and a setting that is not the default is kept") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list, roles: .nonmember)
            let reader = try fixture.person(2, of: list)
            #expect(try fixture.post("one", to: list) == .committed(copies: [1]))
            #expect(try fixture.due().map(\.subscriber) == [reader.id])
            var settings = list.settings
            for (name, value) in [
                ("unsubscription_policy", "verify-address, moderate"),
                ("key_signing_allowed", "none"), ("display_name", "Ä, \"b\""),
                ("subscription_policy", "key-set, key-confirm, exec:/usr/local/lib/check"),
            ] {
                #expect(ListSettings.named(name)?.set(&settings, value) == true)
            }
            try fixture.store.update(settings, of: list.id)
            #expect(try fixture.store.list(list.id)?.settings == settings)
            try fixture.store.update(ListSettings(), of: list.id)
            #expect(try fixture.store.lists().map(\.settings) == [ListSettings()])
            #expect(throws: ListStoreError.notFound) {
                try fixture.store.update(settings, of: 99)
            }
        },
    ]
}
