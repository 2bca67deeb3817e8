import Foundation
import MailingList
import SMTP
import Testing

/// What housekeeping asks of all lists at once.
extension ListStoreConformance {
    static let pending = [
        Self("only lists with something to tell are named, and each thing by itself") { fixture in
            let store = fixture.store
            let (start, later) = (StoreSamples.start, StoreSamples.time(100))
            func named(_ report: PendingReport) throws -> [MailingList.ID] {
                try store.lists(awaiting: report, due: nil, now: start)
            }
            let kinds: [PendingReport] = [
                .unusableKeys, .expiringKeys(from: start, until: later),
                .suspensions(before: later, untold: .owners),
                .suspensions(before: later, untold: .person), .unsent, .drops,
                .heldPosts(before: later), .missedCopies,
            ]
            let lists = try (0..<kinds.count).map { try fixture.list("l\($0)") }
            let idle = try fixture.list("idle")
            try fixture.person(1, of: idle, roles: [.subscriber, .owner])
            for list in lists { try fixture.person(9, of: list, roles: .owner) }
            for kind in kinds { #expect(try named(kind).isEmpty) }
            try fixture.person(1, of: lists[0], certificate: .some(nil))
            try fixture.post("one", to: lists[0])
            let soon = try StoreSamples.certificate(1, expires: StoreSamples.time(50))
            try fixture.person(1, of: lists[1], certificate: soon)
            for list in lists[2...3] {
                let person = try fixture.person(1, of: list)
                try fixture.bounce(person, of: list)
                let told: SuspensionReader = list == lists[2] ? .person : .owners
                try store.tell([], to: told, of: [person.id], in: list.id, now: start)
            }
            try fixture.unsent(of: lists[4])
            try store.count(.droppedAtGate, of: lists[5].id)
            try store.count(.refused, of: idle.id)
            try fixture.held(of: lists[6])
            try fixture.person(1, of: lists[7])
            try fixture.post("one", to: lists[7])
            let refused = try #require(try fixture.due().last).id
            try store.settle([(refused, .waits(for: .refused, reason: "554"))], now: start)
            for (kind, list) in zip(kinds, lists) {
                #expect(try named(kind) == [list.id], "\(kind)")
            }
            #expect(try named(.expiringKeys(from: start, until: StoreSamples.time(49))).isEmpty)
            #expect(try named(.suspensions(before: StoreSamples.time(-1), untold: .owners)).isEmpty)
            #expect(try named(.heldPosts(before: StoreSamples.time(-1))).isEmpty)
        },
        Self("a list whose owners were told today is named tomorrow") { fixture in
            let store = fixture.store
            let (told, other) = (try fixture.list("a"), try fixture.list("b"))
            for list in [told, other] { try store.count(.droppedAtGate, of: list.id) }
            try store.tell([], ofDrops: 0, in: told.id, now: StoreSamples.start)
            func named(_ seconds: Int, due report: OwnerReport?) throws -> [MailingList.ID] {
                try store.lists(awaiting: .drops, due: report, now: StoreSamples.time(seconds))
                    .sorted()
            }
            #expect(try named(1, due: .dropped) == [other.id])
            #expect(try named(86_399, due: .dropped) == [other.id])
            #expect(try named(86_400, due: .dropped) == [told.id, other.id])
            #expect(try named(1, due: nil) == [told.id, other.id])
            #expect(try named(1, due: .bounces) == [told.id, other.id])
            // A clock that was set back silences nobody.
            #expect(try named(-1, due: .dropped) == [told.id, other.id])
        },
        Self("all lists come with their own aliases and settings") { fixture in
            let store = fixture.store
            let lists = try ["a", "b", "c"].map { try fixture.list($0) }
            try store.addAlias(StoreSamples.address("z@lists.example"), to: lists[0].id)
            try store.addAlias(StoreSamples.address("y@lists.example"), to: lists[0].id)
            try store.addAlias(StoreSamples.address("x@lists.example"), to: lists[2].id)
            try store.changeSettings(of: lists[1].id) { $0.displayName = "B" }
            try store.changeSettings(of: lists[2].id) { $0.isPaused = true }
            let found = try store.lists()
            #expect(try found == lists.map { try #require(try store.list($0.id)) })
            #expect(found.map(\.aliases.count) == [2, 0, 1])
            #expect(found.map(\.settings.displayName) == ["", "B", ""])
        },
        Self("the end of a list's key is known until another key replaces it") { fixture in
            let store = fixture.store
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            #expect(try store.keyEnds().isEmpty)
            let end = KeyEnd(seen: StoreSamples.time(5), ends: StoreSamples.time(90))
            try store.note(end, of: list)
            try store.note(KeyEnd(seen: StoreSamples.time(6), ends: nil), of: other)
            let known = try fixture.open().keyEnds()
            #expect(known[list.id] == end && known[other.id]?.ends == nil && known.count == 2)
            let next = list.replacing(
                key: try StoreSamples.fingerprint(77),
                opensMail: true,
                until: StoreSamples.time(99)
            )
            try store.replaceKey(
                of: list,
                by: next,
                announcement: StoreSamples.post("key"),
                now: StoreSamples.start
            )
            #expect(try store.keyEnds().keys.sorted() == [other.id])
            // It was read from the home of the key before.
            try store.note(end, of: list)
            #expect(try store.keyEnds()[list.id] == nil)
        },
        Self("people with a role are counted without those who have not got it") { fixture in
            let list = try fixture.list()
            for number in 1...4 { try fixture.person(number, of: list, roles: .nonmember) }
            let wanted = try [(5, Subscriber.Roles.subscriber), (6, [.owner, .subscriber])].map {
                try fixture.person($0.0, of: list, roles: $0.1).id
            }
            try fixture.person(7, of: list, roles: [.owner, .moderator])
            func people(
                _ roles: Subscriber.Roles,
                after id: Int64 = 0,
                _ limit: Int
            ) throws
                -> [Subscriber.ID]
            {
                try fixture.store.subscribers(of: list.id, holding: roles, after: id, limit: limit)
                    .map(\.id)
            }
            #expect(try people(.subscriber, 2) == wanted)
            #expect(try people(.subscriber, 1) == [wanted[0]])
            #expect(try people(.subscriber, after: wanted[0], 9) == [wanted[1]])
            #expect(try people(.deciders, 9).count == 2 && people(.moderator, 9).count == 1)
            #expect(try people([.nonmember, .moderator], 9).count == 5)
        },
    ]
}

extension StoreFixture {
    /// Bounces of three days suspend a person's delivery.
    fileprivate func bounce(_ person: Subscriber, of list: MailingList) throws {
        for day in 0..<3 {
            let bounce = Acceptance(
                list: list,
                receipt: StoreSamples.receipt(list, "bounce \(day)"),
                claims: [],
                effect: .countBounce(StoreSamples.bounce(), of: person.id)
            )
            _ = try store.commit([bounce], now: StoreSamples.time((day - 2) * 86_400))
        }
    }

    /// A post to somebody outside is given up.
    fileprivate func unsent(of list: MailingList) throws {
        let outside = try StoreSamples.address("outside@example.net")
        let post = SealedPost(
            identifier: "outside",
            kind: .clearResent,
            messageID: "<outside@lists.example>",
            date: StoreSamples.start,
            loops: [],
            recipient: outside,
            bytes: [1]
        )
        let answer = SealedAnswer(reader: .person(outside, nil), post: post)
        try store.carryOut([], answers: [answer], in: list.id, now: StoreSamples.start)
        let id = try #require(try due().first { $0.recipient == outside }).id
        let outcome = Delivery.Outcome.undeliverable(reason: "550")
        try store.settle([(id, outcome)], now: StoreSamples.start)
    }

    /// A post waits for a moderator.
    fileprivate func held(of list: MailingList) throws {
        let post = HeldPost(
            id: 0,
            list: list.id,
            reasons: [.moderated],
            detail: "",
            message: HeldPost.Message(
                author: nil,
                size: 10,
                received: StoreSamples.start,
                bytes: [3]
            ),
            token: Array(repeating: 1, count: 32)
        ).authenticated(by: Array(repeating: 2, count: 32))
        let notice = SealedAnswer(
            reader: .deciders,
            post: StoreSamples.post("notice", kind: .ownerMail)
        )
        let acceptance = Acceptance(
            list: list,
            receipt: StoreSamples.receipt(list, "held"),
            claims: [],
            effect: .hold(post, notice: notice)
        )
        _ = try store.commit([acceptance], now: StoreSamples.start)
    }
}
