import Foundation
import MailingList
import Testing

extension ListStoreConformance {
    static let deliveries = [
        Self("a copy that is owed says all that its envelope needs") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            let delivery = try #require(try fixture.due().first)
            #expect(delivery.subscriber == person.id)
            #expect(delivery.recipient == person.address)
            #expect(delivery.token == person.token)
            #expect(delivery.certificate == person.certificate)
            #expect(delivery.attempts == 0)
            let stored = try #require(try fixture.open().post(delivery.post))
            #expect(stored.list == list)
            #expect(stored.post == StoreSamples.post("\(list.id)-one"))
        },
        Self("a copy is for the certificate that is confirmed now") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            let new = try StoreSamples.certificate(2)
            try fixture.store.setCertificate(new, of: person.id)
            #expect(try fixture.due().map(\.certificate) == [new])
        },
        Self("due copies come in pages, in the order of their rows") { fixture in
            let list = try fixture.list()
            for number in 1...4 { try fixture.person(number, of: list) }
            try fixture.post("one", to: list)
            try fixture.post("two", to: list)
            let all = try fixture.due().map(\.id)
            #expect(all == all.sorted() && all.count == 8)
            var paged: [Delivery.ID] = []
            while true {
                let page = try fixture.store.dueDeliveries(
                    after: paged.last ?? 0,
                    now: StoreSamples.start,
                    limit: 3
                )
                #expect(page.count <= 3)
                if page.isEmpty { break }
                paged += page.map(\.id)
            }
            #expect(paged == all)
        },
        Self("what Postfix has is paid, and a post goes with its last copy") { fixture in
            let list = try fixture.list()
            for number in 1...2 { try fixture.person(number, of: list) }
            try fixture.post("one", to: list)
            let due = try fixture.due()
            #expect(try fixture.store.owedOctets() == 200)
            try fixture.store.settle([(due[0].id, .delivered)], now: StoreSamples.start)
            #expect(try fixture.due().map(\.id) == [due[1].id])
            #expect(try fixture.store.owedOctets() == 100)
            #expect(try fixture.store.post(due[0].post) != nil)
            try fixture.store.settle([(due[1].id, .delivered)], now: StoreSamples.start)
            #expect(try fixture.store.post(due[0].post) == nil)
            #expect(try fixture.store.owedOctets() == 0)
            try fixture.post("two", to: list)
            #expect(try fixture.due().allSatisfy { $0.id > due[1].id && $0.post > due[1].post })
        },
        Self("the octets that are owed are the same whatever deletes or seals a copy") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            let store = fixture.store
            for number in 1...3 { try fixture.person(number, of: list) }
            try fixture.person(1, of: other)
            try fixture.post("one", to: list)
            try fixture.post("one", to: other)
            #expect(try store.owedOctets() == 400)
            let due = try fixture.due()
            let post = try #require(try store.post(due[0].post)).post
            try store.replaceSeal(of: post, by: Array(repeating: 1, count: 110))
            #expect(try store.owedOctets() == 430)
            #expect(try store.dropDeliveries([due[0].id]) == 1)
            #expect(try fixture.open().owedOctets() == 320)
            try store.removeRoles(.subscriber, of: try #require(due[1].subscriber))
            #expect(try store.owedOctets() == 210)
            try store.deleteList(list.id)
            #expect(try store.owedOctets() == 100)
            try store.deleteList(other.id)
            #expect(try store.owedOctets() == 0)
        },
        Self("what is postponed is due at its time, and not before") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            let id = try #require(try fixture.due().first).id
            #expect(try fixture.due(-1).isEmpty)
            for (attempt, seconds) in [(1, 60), (2, 120)] {
                try fixture.store.settle(
                    [
                        (
                            id,
                            .postponed(
                                until: StoreSamples.time(seconds).addingTimeInterval(-0.5),
                                reason: "450 try again"
                            )
                        )
                    ],
                    now: StoreSamples.start
                )
                #expect(try fixture.due(seconds - 1).isEmpty)
                #expect(try fixture.due(seconds).map(\.attempts) == [attempt])
            }
            let copy = try #require(
                try fixture.store.owedCopies(of: nil, after: 0, limit: 9).first
            )
            var expected = OwedCopy(
                id: id,
                list: list.address,
                messageID: "<\(list.id)-one@lists.example>",
                recipient: try StoreSamples.address("person1@example.org"),
                sealed: StoreSamples.start,
                next: StoreSamples.time(120)
            )
            expected.attempts = 2
            expected.reason = "450 try again"
            #expect(copy == expected)
        },
        Self("one batch settles every outcome, and what is gone stays gone") { fixture in
            let list = try fixture.list()
            for number in 1...4 { try fixture.person(number, of: list) }
            try fixture.post("one", to: list)
            let due = try fixture.due()
            let later = StoreSamples.time(60)
            try fixture.store.settle(
                [
                    (due[0].id, .delivered),
                    (due[1].id, .postponed(until: later, reason: "450")),
                    (due[2].id, .undeliverable(reason: "550 no such user")),
                    (due[3].id, .keyUnusable),
                    (due[0].id, .postponed(until: later, reason: "too late")),
                    (99_999, .keyUnusable),
                ],
                now: StoreSamples.time(5)
            )
            #expect(try fixture.due(60).map(\.id) == [due[1].id])
            let noted = try fixture.store.unnotifiedUnusableSubscribers(of: list.id, limit: 9)
            #expect(noted.map(\.id) == [due[3].subscriber])
            #expect(noted.map(\.unusableSince) == [StoreSamples.time(5)])
            try fixture.store.settle([(due[1].id, .keyUnusable)], now: later)
            #expect(try fixture.store.post(due[0].post) == nil)
        },
        Self("a post goes with its last copy by whatever way that goes") { fixture in
            let list = try fixture.list()
            let ways: [(Delivery) throws -> Void] = [
                { try fixture.store.settle([($0.id, .keyUnusable)], now: StoreSamples.start) },
                {
                    let outcome = Delivery.Outcome.undeliverable(reason: "550")
                    try fixture.store.settle([($0.id, outcome)], now: StoreSamples.start)
                },
                { _ = try fixture.store.dropDeliveries([$0.id]) },
                { try fixture.store.removeRoles(.subscriber, of: try #require($0.subscriber)) },
            ]
            for (number, way) in ways.enumerated() {
                try fixture.person(number, of: list)
                try fixture.post("\(number)", to: list)
                let delivery = try #require(try fixture.due().last)
                #expect(try fixture.due().count == 1)
                try way(delivery)
                #expect(try fixture.store.post(delivery.post) == nil)
                let people = try fixture.store.subscribers(of: list.id, after: 0, limit: 9)
                for person in people {
                    try fixture.store.removeRoles(.subscriber, of: person.id)
                }
            }
        },
        Self("a copy that waits for somebody is not due before it is retried") { fixture in
            let list = try fixture.list()
            for number in 1...2 { try fixture.person(number, of: list) }
            try fixture.post("one", to: list)
            let (store, ids) = (fixture.store, try fixture.due().map(\.id))
            #expect(try store.beginAttempts(ids + [99_999]) == [ids[0]: 1, ids[1]: 1])
            let later = StoreSamples.time(9)
            try store.settle(
                [
                    (ids[0], .waits(for: .unknown, reason: "no reply")),
                    (ids[1], .waits(for: .refused, reason: "554")),
                    (ids[1], .dueNow),
                ],
                now: later
            )
            #expect(try fixture.due(99_999).isEmpty)
            #expect(try store.status(now: later).waiting == 2)
            #expect(try store.waitingDeliveries(for: .unknown) == 1)
            let missed = try store.missedCopies(of: list.id, limit: 9)
            #expect(missed.map(\.delivery) == ids && missed.map(\.reason) == ["no reply", "554"])
            #expect(try store.retryDeliveries([ids[1]], now: later) == 1)
            #expect(try fixture.due(9).map(\.id) == [ids[1]])
            #expect(try store.retryDeliveries(of: nil, now: later) == 2)
            #expect(try fixture.due(9).map(\.id) == ids)
            #expect(
                try store.owedCopies(of: nil, after: 0, limit: 9).allSatisfy { $0.waits == nil }
            )
        },
        Self("an unknown outcome is counted until another outcome is known") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            let (store, id) = (fixture.store, try #require(try fixture.due().first).id)
            let soon = StoreSamples.time(5)
            for count in 1...2 {
                #expect(try store.beginAttempts([id]) == [id: count])
                try store.settle([(id, .unknown(until: soon, reason: "?"))], now: soon)
            }
            #expect(try store.beginAttempts([id]) == [id: 3])
            try store.settle([(id, .notTried)], now: soon)
            #expect(try fixture.open().beginAttempts([id]) == [id: 3])
            try store.settle([(id, .postponed(until: soon, reason: "450"))], now: soon)
            #expect(try store.beginAttempts([id]) == [id: 1])
        },
        Self("a pause that is longer than any comes from a clock that was set back") { fixture in
            let list = try fixture.list()
            for number in 1...2 { try fixture.person(number, of: list) }
            try fixture.post("one", to: list)
            let (store, ids) = (fixture.store, try fixture.due().map(\.id))
            let times = [100, 99_999]
            try store.settle(
                zip(ids, times).map {
                    ($0, .postponed(until: StoreSamples.time($1), reason: "450"))
                },
                now: StoreSamples.start
            )
            try store.endPauses(after: StoreSamples.time(3600), now: StoreSamples.time(1))
            #expect(try fixture.due(1).map(\.id) == [ids[1]])
            #expect(try fixture.due(100).count == 2)
        },
        Self("what is owed is shown, retried and dropped, of one list or of all") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            for list in [list, other] {
                try fixture.person(1, of: list)
                try fixture.post("one", to: list)
            }
            let due = try fixture.due()
            let store = fixture.store
            try store.settle(
                due.map { ($0.id, .postponed(until: StoreSamples.time(600), reason: "450")) },
                now: StoreSamples.start
            )
            #expect(try store.owedCopies(of: nil, after: 0, limit: 9).map(\.id) == due.map(\.id))
            #expect(try store.owedCopies(of: nil, after: due[0].id, limit: 9).count == 1)
            #expect(try store.owedCopies(of: nil, after: 0, limit: 1).count == 1)
            let shown = try store.owedCopies(of: other.id, after: 0, limit: 9)
            #expect(shown.map(\.list) == [other.address])
            #expect(try store.retryDeliveries(of: other.id, now: StoreSamples.time(1)) == 1)
            #expect(try fixture.due(1).map(\.id) == shown.map(\.id))
            #expect(try store.retryDeliveries(of: nil, now: StoreSamples.time(2)) == 2)
            #expect(try fixture.due(2).count == 2)
            #expect(try fixture.due(0).isEmpty && fixture.due(1).count == 1)
            #expect(try store.dropDeliveries([due[0].id, due[0].id, 99_999]) == 1)
            #expect(try fixture.due(2).map(\.id) == [due[1].id])
        },
    ]
}
