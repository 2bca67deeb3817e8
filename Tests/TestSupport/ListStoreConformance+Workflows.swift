import Foundation
import MailingList
import OpenPGP
import SMTP
import Testing

extension ListStoreConformance {
    static let workflows = [
        Self("a workflow is found by its token and its address, until it ends") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let begun = try WorkflowSamples.workflow(1, of: list)
            try store.carryOut([.begin(begun)], answers: [], in: list.id, now: StoreSamples.start)
            let found = try #require(
                try fixture.open().workflow(awaiting: WorkflowSamples.token(1).digest)
            )
            #expect(found.address == begun.address && found.steps == begun.steps)
            #expect(found.certificate == begun.certificate && found.signer == begun.signer)
            #expect(found.challenge == begun.challenge && found.expires == begun.expires)
            #expect(try store.workflow(found.id) == found)
            #expect(try store.workflows(of: list.id, after: 0, limit: 9) == [found])
            #expect(try store.workflows(of: nil, after: found.id, limit: 9).isEmpty)
            #expect(
                try store.unprovenCertificates(of: begun.address, in: list.id)
                    == [try StoreSamples.certificate(1)]
            )
            func pending(_ kind: Workflow.Kind, _ seconds: Int) throws -> Workflow? {
                try store.workflow(
                    kind,
                    of: begun.address,
                    in: list.id,
                    now: StoreSamples.time(seconds)
                )
            }
            #expect(try pending(.subscription, 99) == found)
            #expect(try pending(.subscription, 100) == nil)
            #expect(try pending(.keyChange, 0) == nil)
            try store.carryOut([.end(found)], answers: [], in: list.id, now: StoreSamples.start)
            #expect(try store.workflows(of: nil, after: 0, limit: 9).isEmpty)
            #expect(try !store.cancelWorkflow(found.id))
        },
        Self("of two answers at once one counts") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let begun = try WorkflowSamples.workflow(1, of: list)
            let other = try WorkflowSamples.workflow(1, of: list, token: 2)
            func carry(_ changes: [Transition.Change], _ seconds: Int = 0) throws {
                try store.carryOut(
                    changes,
                    answers: [],
                    in: list.id,
                    now: StoreSamples.time(seconds)
                )
            }
            try carry([.begin(begun)])
            #expect(throws: ListStoreError.outdated) { try carry([.begin(other)]) }
            let found = try #require(try store.workflows(of: nil, after: 0, limit: 9).first)
            try carry([.advance(found)])
            for late in [Transition.Change.advance(found), .end(found)] {
                // What stood before it in the same mail is undone too.
                let anne = try StoreSamples.address("anne@example.org")
                #expect(throws: ListStoreError.outdated) {
                    try carry([.limitedReply(.help, to: anne), late])
                }
                #expect(try store.mayWrite(.help, to: anne, from: list.id, now: StoreSamples.start))
            }
            // One that has expired makes room.
            try carry([.begin(other)], 100)
            #expect(try store.workflow(awaiting: WorkflowSamples.token(1).digest) == nil)
            #expect(try store.workflow(awaiting: WorkflowSamples.token(2).digest) != nil)
            try store.prune(now: StoreSamples.time(99))
            #expect(try store.workflows(of: nil, after: 0, limit: 9).count == 1)
            try store.prune(now: StoreSamples.time(100))
            #expect(try store.workflows(of: nil, after: 0, limit: 9).isEmpty)
        },
        Self("a command that lost to another leaves no trace") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let begun = try WorkflowSamples.workflow(1, of: list)
            let receipt = StoreSamples.receipt(list, "late", role: .request)
            let acceptance = Acceptance(
                list: list,
                receipt: receipt,
                claims: [try StoreSamples.claim(list, "late")],
                effect: .carryOut([.end(begun)], answers: [])
            )
            #expect(try store.commit([acceptance], now: StoreSamples.start) == .outdated(index: 0))
            #expect(try !store.hasReceipt(receipt))
            #expect(try !store.isClaimed(StoreSamples.claim(list, "late")))
        },
        Self("the fifth wrong answer ends it") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let begun = try WorkflowSamples.workflow(1, of: list)
            try store.carryOut([.begin(begun)], answers: [], in: list.id, now: StoreSamples.start)
            let found = try #require(try store.workflows(of: nil, after: 0, limit: 9).first)
            for count in 1...4 {
                try store.carryOut(
                    [.fail(found)],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.start
                )
                #expect(try store.workflow(found.id)?.failures == count)
            }
            try store.carryOut([.fail(found)], answers: [], in: list.id, now: StoreSamples.start)
            #expect(try store.workflow(found.id) == nil)
        },
        Self("whoever joins has her key, and never another's place") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            func join(_ person: Int, _ key: Int) throws {
                try store.carryOut(
                    [
                        .join(
                            try StoreSamples.address("person\(person)@example.org"),
                            try StoreSamples.certificate(key)
                        )
                    ],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
            try join(1, 1)
            let person = try #require(try store.subscribers(of: list.id, after: 0, limit: 9).first)
            #expect(person.roles == .subscriber)
            #expect(person.certificate == (try StoreSamples.certificate(1)))
            // An owner's key is not replaced by one that came by mail.
            let owner = try fixture.person(2, of: list, roles: .owner)
            #expect(throws: ListStoreError.outdated) { try join(2, 3) }
            #expect(throws: ListStoreError.keyInUse) { try join(4, 1) }
            try join(2, 2)
            let both = try #require(try store.subscriber(at: owner.address, of: list.id))
            #expect(both.roles == [.subscriber, .owner])
            // Of the same key, what is known now stays: it may have been revoked since.
            let ended = try StoreSamples.certificate(2, canEncrypt: false)
            try store.setCertificate(ended, of: owner.id)
            try join(2, 2)
            #expect(try store.subscriber(at: owner.address, of: list.id)?.certificate == ended)
        },
        Self("a key replaces the one that it was confirmed against, and no other") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let person = try fixture.person(1, of: list)
            func replace(_ old: Int, by new: Int) throws {
                try store.carryOut(
                    [
                        .replaceCertificate(
                            try StoreSamples.certificate(new),
                            of: person.address,
                            replacing: try StoreSamples.certificate(old).fingerprint
                        )
                    ],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
            #expect(throws: ListStoreError.outdated) { try replace(9, by: 2) }
            try replace(1, by: 2)
            let changed = try store.subscriber(at: person.address, of: list.id)
            #expect(changed?.certificate == (try StoreSamples.certificate(2)))
            // Another way to another key ends what was begun about the old one.
            let begun = try WorkflowSamples.workflow(1, of: list, kind: .keyChange)
            try store.carryOut([.begin(begun)], answers: [], in: list.id, now: StoreSamples.start)
            try store.setCertificate(try StoreSamples.certificate(3), of: person.id)
            #expect(try store.workflows(of: nil, after: 0, limit: 9).isEmpty)
        },
        Self("an answer is owed to an address that is nobody's, and goes when it is paid") {
            fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let certificate = try StoreSamples.certificate(7)
            let anne = try StoreSamples.address("anne@example.org")
            try store.carryOut(
                [],
                answers: [
                    WorkflowSamples.answer(1, to: anne, nil),
                    WorkflowSamples.answer(2, to: anne, certificate),
                ],
                in: list.id,
                now: StoreSamples.start
            )
            let due = try fixture.due()
            #expect(due.map(\.recipient) == [anne, anne])
            #expect(due.map(\.certificate) == [nil, certificate])
            #expect(due.allSatisfy { $0.subscriber == nil && $0.token == nil })
            let post = try #require(try store.post(due[1].post)?.post)
            #expect(post == WorkflowSamples.answer(2, to: anne, certificate).post)
            let owed = try store.owedCopies(of: list.id, after: 0, limit: 9)
            #expect(owed.map(\.recipient) == [anne, anne])
            try store.settle(
                [(due[0].id, .delivered), (due[1].id, .keyUnusable)],
                now: StoreSamples.start
            )
            #expect(try fixture.due().isEmpty && store.post(due[1].post) == nil)
        },
        Self("an answer to owners whom nobody can reach is not taken") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            func send() throws {
                let post = StoreSamples.post("notice", kind: .ownerMail)
                try store.carryOut(
                    [],
                    answers: [SealedAnswer(reader: .owners, post: post)],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
            #expect(throws: ListStoreError.noReader) { try send() }
            let owner = try fixture.person(1, of: list, roles: .owner)
            try send()
            #expect(try fixture.due().map(\.subscriber) == [owner.id])
        },
        Self("whoever leaves is owed nothing but what was written to her") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let person = try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            let begun = try WorkflowSamples.workflow(1, of: list, kind: .unsubscription)
            try store.carryOut([.begin(begun)], answers: [], in: list.id, now: StoreSamples.start)
            try store.carryOut(
                [.leave(person.address)],
                answers: [WorkflowSamples.answer(1, to: person.address, nil)],
                in: list.id,
                now: StoreSamples.start
            )
            #expect(try store.subscriber(at: person.address, of: list.id) == nil)
            #expect(try fixture.due().map(\.subscriber) == [nil])
            // The other way to the same end can no longer be gone.
            #expect(try store.workflows(of: nil, after: 0, limit: 9).isEmpty)
            #expect(throws: ListStoreError.outdated) {
                try store.carryOut(
                    [.leave(person.address)],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
        },
        Self("delivery is set by address") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let person = try fixture.person(1, of: list)
            try store.carryOut(
                [.setDelivery(.suspended, of: person.address)],
                answers: [],
                in: list.id,
                now: StoreSamples.start
            )
            #expect(try store.subscriber(at: person.address, of: list.id)?.delivery == .suspended)
        },
        Self("one mail of a kind a day goes to an address that did not answer one") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let other = try fixture.list("b")
            let anne = try StoreSamples.address("anne@example.org")
            let shouted = try StoreSamples.address("Anne@Example.ORG")
            func write(_ seconds: Int) throws {
                try store.carryOut(
                    [.limitedReply(.help, to: anne)],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.time(seconds)
                )
            }
            try write(0)
            #expect(throws: ListStoreError.outdated) { try write(86_399) }
            #expect(
                try !store.mayWrite(.help, to: shouted, from: list.id, now: StoreSamples.time(9))
            )
            #expect(try store.mayWrite(.help, to: anne, from: other.id, now: StoreSamples.time(9)))
            // What was asked in somebody's name uses up nothing else.
            for kind in ReplyLimit.Kind.allCases where kind != .help {
                #expect(
                    try store.mayWrite(kind, to: anne, from: list.id, now: StoreSamples.time(9))
                )
            }
            try write(86_400)
            try store.prune(now: StoreSamples.time(2 * 86_400))
            try write(2 * 86_400)
        },
        Self("a list writes to so many addresses an hour, and to no more, each kind by itself") {
            fixture in
            let (store, list) = (fixture.store, try fixture.list())
            for number in 0..<500 {
                try store.carryOut(
                    [
                        .limitedReply(
                            .help,
                            to: try StoreSamples.address("p\(number)@example.org")
                        )
                    ],
                    answers: [],
                    in: list.id,
                    now: StoreSamples.start
                )
            }
            let next = try StoreSamples.address("next@example.org")
            #expect(
                try !store.mayWrite(.help, to: next, from: list.id, now: StoreSamples.time(3599))
            )
            #expect(
                try store.mayWrite(.help, to: next, from: list.id, now: StoreSamples.time(3600))
            )
            let invited = StoreSamples.time(3599)
            #expect(try store.mayWrite(.subscription, to: next, from: list.id, now: invited))
        },
        Self("a key is taken if it is a list's, or another person's") { fixture in
            let (store, list) = (fixture.store, try fixture.list())
            let other = try fixture.list("b")
            let person = try fixture.person(1, of: list)
            let anne = try StoreSamples.address("anne@example.org")
            let key = try StoreSamples.certificate(1).allFingerprints
            #expect(try store.isTaken(key, besides: anne, in: list.id))
            #expect(try !store.isTaken(key, besides: person.address, in: list.id))
            #expect(try !store.isTaken(key, besides: anne, in: other.id))
            #expect(try store.isTaken([other.fingerprint], besides: anne, in: list.id))
        },
    ]
}

/// Workflows and answers for tests of stores.
enum WorkflowSamples {
    static func token(_ number: UInt64) -> WorkflowToken {
        var generator = SeededGenerator(seed: number)
        return .random(using: &generator)
    }

    static func workflow(
        _ number: Int,
        of list: MailingList,
        kind: Workflow.Kind = .subscription,
        token: UInt64 = 1
    ) throws -> Workflow {
        var workflow = Workflow(
            list: list.id,
            kind: kind,
            address: try StoreSamples.address("person\(number)@example.org"),
            steps: [.keySet, .keyConfirm, .moderate],
            created: StoreSamples.start,
            expires: StoreSamples.time(100)
        )
        workflow.position = 1
        workflow.certificate = try StoreSamples.certificate(number)
        workflow.signer = try StoreSamples.certificate(number + 50).fingerprint
        workflow.challenge = Workflow.Challenge(
            token: Self.token(token).digest,
            statement: Self.token(99).digest
        )
        return workflow
    }

    /// The same as a step leaves it that waits for a program.
    static func withoutChallenge(_ workflow: Workflow) -> Workflow {
        var waiting = workflow
        waiting.challenge = nil
        waiting.failures = 0
        waiting.version = 0
        return waiting
    }

    static func answer(
        _ number: Int,
        to address: EmailAddress,
        _ certificate: Certificate?
    ) -> SealedAnswer {
        var post = SealedPost(
            identifier: "answer\(number)",
            kind: certificate == nil ? .clearAnswer : .answer,
            messageID: "<answer\(number)@lists.example>",
            date: StoreSamples.start,
            loops: ["a.lists.example"],
            recipient: address,
            bytes: [1, 2, 3]
        )
        post.answering = number == 2 ? "<question@example.org>" : nil
        return SealedAnswer(reader: .person(address, certificate), post: post)
    }
}
