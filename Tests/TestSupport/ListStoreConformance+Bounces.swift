import Foundation
import MailingList
import SMTP
import Testing

extension ListStoreConformance {
    static let bounces = [
        Self("copies stop when they came back for good on three days, and not before") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            let other = try fixture.person(2, of: list)
            for (day, isStopped) in [(0, false), (0, false), (1, false), (9, true)] {
                try fixture.bounce(.hard, of: person, day)
                try fixture.bounce(.soft, of: other, day)
                let found = try fixture.store.subscriber(at: person.address, of: list.id)
                #expect((found?.delivery == .suspended) == isStopped, "day \(day)")
                #expect((found?.bouncedSince == StoreSamples.time(9 * 86_400)) == isStopped)
            }
            #expect(
                try fixture.store.subscriber(at: other.address, of: list.id)?.delivery == .active
            )
            #expect(try fixture.store.bounces(of: person.id).count == 3)
        },
        Self("days in which a mailbox was full stop copies later, and what is old counts no more") {
            fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            let state: () throws -> Subscriber.Delivery? = {
                try fixture.store.subscriber(at: person.address, of: list.id)?.delivery
            }
            for day in 0..<7 { try fixture.bounce(.soft, of: person, day) }
            // Thirty days after: these are forgotten, pruned or not.
            for day in 40..<47 { try fixture.bounce(.soft, of: person, day) }
            #expect(try state() == .active)
            try fixture.bounce(.soft, of: person, 47)
            #expect(try state() == .suspended)
        },
        Self("owners are told once, the person once and later, and nobody after it begins again") {
            fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            let other = try fixture.person(2, of: list)
            for day in 0..<3 { try fixture.bounce(.hard, of: person, day) }
            func untold(_ reader: SuspensionReader, _ day: Int) throws -> [Subscriber.ID] {
                try fixture.store.suspendedSubscribers(
                    of: list.id,
                    before: StoreSamples.time(day * 86_400),
                    untold: reader,
                    limit: 9
                ).map(\.id)
            }
            #expect(try untold(.owners, 1).isEmpty)
            for reader in SuspensionReader.allCases {
                #expect(try untold(reader, 2) == [person.id])
                try fixture.store.tell(
                    [],
                    to: reader,
                    of: [person.id, other.id],
                    in: list.id,
                    now: StoreSamples.time(3 * 86_400)
                )
                #expect(try untold(reader, 9).isEmpty)
            }
            try fixture.store.setDelivery(.active, of: person.id)
            #expect(try fixture.store.bounces(of: person.id).isEmpty)
            // What came before it began again is not counted once more.
            try fixture.bounce(.hard, of: person, 10)
            let found = try fixture.store.subscriber(at: person.address, of: list.id)
            #expect(found?.delivery == .active && found?.bouncedSince == nil)
        },
        Self("who stopped her copies herself is not told that bounces did, and 0 is never") {
            fixture in
            var settings = ListSettings()
            settings.hardBounceDays = 1
            let list = try fixture.list()
            try fixture.store.update(settings, of: list.id)
            let person = try fixture.person(1, of: list)
            try fixture.store.setDelivery(.suspended, of: person.id)
            try fixture.bounce(.hard, of: person, 0)
            let found = try fixture.store.subscriber(at: person.address, of: list.id)
            #expect(found?.delivery == .suspended && found?.bouncedSince == nil)
            settings.hardBounceDays = 0
            settings.softBounceDays = 0
            try fixture.store.update(settings, of: list.id)
            let other = try fixture.person(2, of: list)
            for day in 0..<20 { try fixture.bounce(.hard, of: other, day) }
            #expect(
                try fixture.store.subscriber(at: other.address, of: list.id)?.delivery == .active
            )
        },
        Self("a refusal by our own MTA counts like a bounce, and one of content suspends nobody") {
            fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            for (number, code) in [
                EnhancedStatusCode(5, 7, 1), EnhancedStatusCode(5, 3, 4),
                EnhancedStatusCode(5, 1, 1),
            ].enumerated() {
                try fixture.post("post \(number)", to: list)
                let due = try #require(try fixture.due().first)
                try fixture.store.settle(
                    [(due.id, .undeliverable(reason: "refused", status: code))],
                    now: StoreSamples.time(number * 86_400)
                )
                let counted = try fixture.store.bounces(of: person.id).map(\.bounce)
                #expect(counted.count == number + 1)
                #expect(counted.last?.kind == (number == 2 ? .hard : .content), "\(code)")
            }
        },
        Self("a copy that came back for its content or size is shown, told, and suspends nobody") {
            fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            let store = fixture.store
            for day in 0..<9 { try fixture.bounce(.content, of: person, day) }
            let found = try store.subscriber(at: person.address, of: list.id)
            #expect(found?.delivery == .active)
            #expect(
                try store.bounces(of: person.id).map(\.bounce.kind).allSatisfy { $0 == .content }
            )
            let missed = try store.missedCopies(of: list.id, limit: 9)
            #expect(missed.map(\.address) == [person.address.description])
            #expect(missed.first?.reason.contains("5.1.1") ?? false)
            try store.tell([], ofMissed: missed, in: list.id, now: StoreSamples.start)
            #expect(try store.missedCopies(of: list.id, limit: 9).isEmpty)
            #expect(try !store.isDue(.missedCopies, of: list.id, now: StoreSamples.start))
        },
    ]
}

extension StoreFixture {
    fileprivate func bounce(_ kind: Bounce.Kind, of person: Subscriber, _ day: Int) throws {
        let list = try #require(try store.list(person.list))
        let acceptance = Acceptance(
            list: list,
            receipt: StoreSamples.receipt(list, "\(UUID())", role: .bounces(token: "")),
            claims: [],
            effect: .countBounce(StoreSamples.bounce(kind), of: person.id)
        )
        _ = try store.commit([acceptance], now: StoreSamples.time(day * 86_400))
    }
}
