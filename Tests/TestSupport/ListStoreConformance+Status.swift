import Foundation
import MailingList
import SMTP
import Testing

extension ListStoreConformance {
    static let status = [
        Self("what happens is counted over all lists, and outlives pruning") { fixture in
            #expect(try fixture.store.counts().isEmpty)
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            for list in [list, list, other] { try fixture.store.count(.refused, of: list.id) }
            try fixture.store.count(.repeated, of: other.id)
            try fixture.store.prune(now: StoreSamples.time(1_000_000_000))
            #expect(try fixture.open().counts() == [.refused: 3, .repeated: 1])
        },
        Self("an alarm keeps its first time and its last detail until it is cleared") { fixture in
            let store = fixture.store
            try store.raise(.submission, detail: "450", now: StoreSamples.time(1))
            try store.raise(.engine, detail: "no agent", now: StoreSamples.time(2))
            try store.raise(.submission, detail: "451", now: StoreSamples.time(3))
            let raised = try fixture.open().status(now: StoreSamples.start).alarms
            #expect(raised.map(\.alarm) == [.submission, .engine])
            #expect(raised.map(\.detail) == ["451", "no agent"])
            #expect(raised.map(\.since) == [StoreSamples.time(1), StoreSamples.time(2)])
            try store.clear(.submission)
            try store.clear(.clock)
            #expect(try store.status(now: StoreSamples.start).alarms.map(\.alarm) == [.engine])
        },
        Self("the status of an empty store is healthy") { fixture in
            let status = try fixture.store.status(now: StoreSamples.start)
            #expect(status == StoreStatus())
            #expect(status.isHealthy)
        },
        Self("the status says what is owed, and who cannot read") { fixture in
            let (list, other) = (try fixture.list("b"), try fixture.list("a"))
            try fixture.person(
                1,
                of: list,
                roles: .owner,
                certificate: StoreSamples.certificate(1, expires: StoreSamples.time(60))
            )
            try fixture.person(2, of: list)
            try fixture.person(3, of: list, certificate: .some(nil))
            let suspended = try fixture.person(4, of: list, certificate: .some(nil))
            try fixture.store.setDelivery(.suspended, of: suspended.id)
            try fixture.post("one", to: list)
            var expected = StoreStatus()
            expected.lists = 2
            expected.subscribers = 4
            expected.owed = 1
            expected.oldestOwed = StoreSamples.start
            expected.unusableKeys = 1
            expected.listsWithoutReader = [other.address.description]
            #expect(try fixture.store.status(now: StoreSamples.time(59)) == expected)
            expected.unusableKeys = 2
            expected.listsWithoutReader.append(list.address.description)
            #expect(try fixture.store.status(now: StoreSamples.time(60)) == expected)
        },
        Self("a key that the engine found unusable counts, whatever the columns say") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            let id = try #require(try fixture.due().first).id
            try fixture.store.settle([(id, .keyUnusable)], now: StoreSamples.start)
            #expect(try fixture.store.status(now: StoreSamples.start).unusableKeys == 1)
        },
        Self("a receipt is forgotten at the end of its lifetime, and not before") { fixture in
            let list = try fixture.list()
            try fixture.post("one", to: list)
            let receipt = StoreSamples.receipt(list, "one")
            let end = Int(Receipt.lifetime)
            try fixture.store.prune(now: StoreSamples.time(end - 1))
            #expect(try fixture.store.hasReceipt(receipt))
            try fixture.store.prune(now: StoreSamples.time(end))
            #expect(try !fixture.store.hasReceipt(receipt))
        },
        Self("a claim outlives every age that the list could be set to") { fixture in
            let list = try fixture.list()
            try fixture.post("one", to: list)
            let claim = try StoreSamples.claim(list, "one")
            let end = claim.expires(maximumAge: ListSettings.signatureMaximumAges.upperBound)
            try fixture.store.prune(now: end.addingTimeInterval(-1))
            #expect(try fixture.store.isClaimed(claim))
            try fixture.store.prune(now: end)
            #expect(try !fixture.store.isClaimed(claim))
        },
        Self("what is owed is never pruned") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            try fixture.store.prune(now: StoreSamples.time(1_000_000_000))
            #expect(try fixture.due().count == 1)
        },
    ]
}
