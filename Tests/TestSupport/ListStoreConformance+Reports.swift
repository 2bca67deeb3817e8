import Foundation
import MailingList
import OpenPGP
import Testing

extension ListStoreConformance {
    static let reports = [
        Self("owners are told once, those who cannot read by a summons") { fixture in
            let list = try fixture.list()
            let reader = try fixture.person(1, of: list, roles: .owner)
            let blind = try fixture.person(2, of: list, roles: .owner, certificate: .some(nil))
            let person = try fixture.person(3, of: list, certificate: .some(nil))
            let silent = try fixture.person(4, of: list, certificate: .some(nil))
            try fixture.post("one", to: list)
            let store = fixture.store
            try store.report(
                StoreSamples.post("report", kind: .ownerMail),
                summons: StoreSamples.post("summons", kind: .summons),
                about: [person.id],
                of: list.id,
                now: StoreSamples.time(5)
            )
            #expect(
                try store.unnotifiedUnusableSubscribers(of: list.id, limit: 9).map(\.id) == [
                    silent.id
                ]
            )
            let due = try fixture.due(5)
            let kinds = try due.map { try store.post($0.post)?.post.kind }
            #expect(
                Set(zip(due.compactMap(\.subscriber), kinds).map(Told.init)) == [
                    Told(reader.id, .ownerMail), Told(blind.id, .summons),
                ]
            )
            // Still noted, and nothing new to tell.
            try fixture.post("two", to: list)
            #expect(
                try store.unnotifiedUnusableSubscribers(of: list.id, limit: 9).map(\.id) == [
                    silent.id
                ]
            )
            let found = try store.subscriber(at: person.address, of: list.id)
            #expect(found?.unusableSince == StoreSamples.start)
        },
        Self("owners are told of each thing once a day, list by list") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            try fixture.person(1, of: list, roles: .owner)
            let store = fixture.store
            func due(_ seconds: Int, _ list: MailingList) throws -> Set<OwnerReport> {
                Set(
                    try OwnerReport.allCases.filter {
                        try store.isDue($0, of: list.id, now: StoreSamples.time(seconds))
                    }
                )
            }
            let all = Set(OwnerReport.allCases)
            #expect(try due(0, list) == all)
            try store.report(
                StoreSamples.post("report", kind: .ownerMail),
                summons: StoreSamples.post("summons", kind: .summons),
                about: [],
                of: list.id,
                now: StoreSamples.start
            )
            #expect(try due(86_399, list) == all.subtracting([.unusableKeys]))
            #expect(try due(86_400, list) == all && due(0, other) == all)
            try store.warn([], aboutKeysOf: [], of: list.id, now: StoreSamples.time(9))
            try store.tell([], to: .owners, of: [], in: list.id, now: StoreSamples.time(9))
            try store.tell([], ofDrops: 0, in: list.id, now: StoreSamples.time(9))
            try store.tell([], ofMissed: [], in: list.id, now: StoreSamples.time(9))
            #expect(try due(86_400, list) == [.unusableKeys])
            // What a person is told of herself is no report.
            try store.tell([], to: .person, of: [], in: other.id, now: StoreSamples.time(9))
            #expect(try due(10, other) == all)
            // Of a clock that was ahead nothing is believed for long.
            #expect(try due(8, list).isSuperset(of: [.keyExpiry, .bounces]))
        },
        Self("what was dropped is told of once, list by list") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            let store = fixture.store
            #expect(try store.unreportedDrops(of: list.id) == 0)
            for _ in 0..<3 { try store.count(.droppedAtGate, of: list.id) }
            try store.count(.refused, of: list.id)
            try store.count(.droppedAtGate, of: other.id)
            #expect(try store.unreportedDrops(of: list.id) == 3)
            // One more comes while it is written.
            try store.count(.droppedAtGate, of: list.id)
            try store.tell([], ofDrops: 3, in: list.id, now: StoreSamples.start)
            #expect(try store.unreportedDrops(of: list.id) == 1)
            try store.tell([], ofDrops: 1, in: list.id, now: StoreSamples.start)
            #expect(try store.unreportedDrops(of: list.id) == 0)
            #expect(try store.unreportedDrops(of: other.id) == 1)
            // Without an owner who can read it, it waits for another day.
            func answer(_ name: String) -> SealedAnswer {
                SealedAnswer(
                    reader: .ownersIfTheyCan,
                    post: StoreSamples.post(name, kind: .ownerMail)
                )
            }
            try store.tell([answer("a")], ofDrops: 1, in: other.id, now: StoreSamples.start)
            #expect(try store.unreportedDrops(of: other.id) == 1)
            #expect(try !store.isDue(.dropped, of: other.id, now: StoreSamples.time(1)))
            try fixture.person(1, of: other, roles: .owner)
            try store.tell([answer("b")], ofDrops: 1, in: other.id, now: StoreSamples.start)
            #expect(try store.unreportedDrops(of: other.id) == 0)
            #expect(try fixture.due().count == 1)
        },
        Self("a key that fails again after it was renewed is told again") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list, roles: .owner)
            let person = try fixture.person(2, of: list, certificate: .some(nil))
            let store = fixture.store
            for number in 1...2 {
                try fixture.post("post \(number)", to: list)
                #expect(
                    try store.unnotifiedUnusableSubscribers(of: list.id, limit: 9).map(\.id) == [
                        person.id
                    ]
                )
                try store.report(
                    StoreSamples.post("report \(number)", kind: .ownerMail),
                    summons: StoreSamples.post("summons \(number)", kind: .summons),
                    about: [person.id],
                    of: list.id,
                    now: StoreSamples.start
                )
                #expect(try store.unnotifiedUnusableSubscribers(of: list.id, limit: 9).isEmpty)
                try store.setCertificate(
                    try StoreSamples.certificate(2, canEncrypt: false),
                    of: person.id
                )
            }
        },
        Self("where everybody can read no summons is kept, and where nobody can no report") {
            fixture in
            let (seeing, blind) = (try fixture.list("a"), try fixture.list("b"))
            try fixture.person(1, of: seeing, roles: .owner)
            try fixture.person(1, of: blind, roles: .owner, certificate: .some(nil))
            for list in [seeing, blind] {
                try fixture.store.report(
                    StoreSamples.post("report \(list.id)", kind: .ownerMail),
                    summons: StoreSamples.post("summons \(list.id)", kind: .summons),
                    about: [],
                    of: list.id,
                    now: StoreSamples.start
                )
            }
            let posts = try fixture.due().map { try fixture.store.post($0.post)?.post.identifier }
            #expect(posts == ["report \(seeing.id)", "summons \(blind.id)"])
        },
        Self("people are warned of a key's end once, and again when it is another end") { fixture in
            let list = try fixture.list()
            let other = try fixture.list("b")
            let store = fixture.store
            let (now, end) = (StoreSamples.start, StoreSamples.time(100))
            let soon = try StoreSamples.certificate(1, expires: StoreSamples.time(50))
            let person = try fixture.person(1, of: list, certificate: soon)
            try fixture.person(2, of: list)
            func expiring(of list: MailingList) throws -> [Subscriber] {
                try store.unwarnedExpiringSubscribers(of: list.id, from: now, until: end, limit: 9)
            }
            let found = try expiring(of: list)
            #expect(found.map(\.id) == [person.id])
            #expect(try expiring(of: other).isEmpty)
            // While the warning was written a longer one came: nobody was told of that end.
            let later = try StoreSamples.certificate(1, expires: StoreSamples.time(60))
            try store.setCertificate(later, of: person.id)
            try store.warn([], aboutKeysOf: found, of: list.id, now: now)
            let again = try expiring(of: list)
            #expect(again.map(\.certificate?.encryptionExpires) == [StoreSamples.time(60)])
            try store.warn([], aboutKeysOf: again, of: list.id, now: now)
            #expect(try expiring(of: list).isEmpty)
        },
    ]

    private struct Told: Hashable {
        let subscriber: Subscriber.ID
        let kind: SealedPost.Kind?

        init(_ subscriber: Subscriber.ID, _ kind: SealedPost.Kind?) {
            self.subscriber = subscriber
            self.kind = kind
        }
    }
}
