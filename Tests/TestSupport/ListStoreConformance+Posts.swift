import Foundation
import MailingList
import Testing

extension ListStoreConformance {
    static let posts = [
        Self("a message is taken with its receipt, its claims and a copy for each") { fixture in
            let list = try fixture.list()
            for number in 1...3 { try fixture.person(number, of: list) }
            let acceptance = try fixture.acceptance("one", for: list)
            #expect(try !fixture.store.hasReceipt(acceptance.receipt))
            #expect(try !fixture.store.isClaimed(acceptance.claims[0]))
            let result = try fixture.store.commit([acceptance], now: StoreSamples.start)
            #expect(result == .committed(copies: [3]))
            let other = try fixture.open()
            #expect(try other.hasReceipt(acceptance.receipt))
            #expect(try other.isClaimed(acceptance.claims[0]))
            #expect(try Set(fixture.due().map(\.subscriber)).count == 3)
        },
        Self("the same delivery changes nothing, and is no replay") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            try fixture.post("one", to: list)
            let new = try StoreSamples.claim(list, "another signature")
            let again = try fixture.acceptance(
                "one",
                for: list,
                claims: [StoreSamples.claim(list, "one"), new]
            )
            let result = try fixture.store.commit([again], now: StoreSamples.time(9))
            #expect(result == .committed(copies: [nil]))
            #expect(try fixture.due(9).count == 1)
            #expect(try !fixture.store.isClaimed(new))
        },
        Self("a replay is named, and all of its commit is undone") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            for list in [list, other] { try fixture.person(1, of: list) }
            try fixture.post("one", to: list)
            let fresh = try fixture.acceptance("two", for: other)
            let replay = try fixture.acceptance(
                "wrapped anew",
                for: list,
                claims: [StoreSamples.claim(list, "new"), StoreSamples.claim(list, "one")]
            )
            let result = try fixture.store.commit([fresh, replay], now: StoreSamples.time(9))
            #expect(result == .replay(index: 1))
            for receipt in [fresh.receipt, replay.receipt] {
                #expect(try !fixture.store.hasReceipt(receipt))
            }
            for claim in [fresh.claims[0], replay.claims[0]] {
                #expect(try !fixture.store.isClaimed(claim))
            }
            #expect(try fixture.due(9).count == 1)
            #expect(try fixture.store.latestTime() == StoreSamples.start)
        },
        Self("the same signed content is another matter in another list") { fixture in
            let (list, other) = (try fixture.list("a"), try fixture.list("b"))
            try fixture.post("one", to: list)
            #expect(try fixture.post("one", to: other) == .committed(copies: [0]))
        },
        Self("signed content that another list has had is counted, unless it came to both") {
            fixture in
            let lists = try ["a", "b", "c"].map { try fixture.list($0) }
            let later = StoreSamples.time(7 * 86_400 - 1)
            try fixture.post("one", to: lists[0])
            try fixture.post("two", to: lists[0])
            #expect(try fixture.store.counts()[.seenElsewhere] == nil)
            try fixture.store.prune(now: later)
            try fixture.post("one", to: lists[1])
            #expect(try fixture.store.counts()[.seenElsewhere] == 1)
            // A week, and it is forgotten, pruned or not.
            let late = try fixture.acceptance(
                "two",
                for: lists[1],
                claims: [StoreSamples.claim(lists[1], "two")]
            )
            _ = try fixture.store.commit([late], now: later.addingTimeInterval(1))
            #expect(try fixture.store.counts()[.seenElsewhere] == 1)
            let both = try lists.map {
                try fixture.acceptance(
                    "three",
                    for: $0,
                    claims: [StoreSamples.claim($0, "three")]
                )
            }
            _ = try fixture.store.commit(both, now: StoreSamples.start)
            #expect(try fixture.store.counts()[.seenElsewhere] == 1)
        },
        Self("one message for two roles of a list is not its own replay") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list, roles: [.subscriber, .owner])
            let claim = try StoreSamples.claim(list, "one")
            let both = [
                try fixture.acceptance("one", for: list, claims: [claim, claim]),
                fixture.ownerMail("one", for: list, claims: [claim]),
            ]
            let result = try fixture.store.commit(both, now: StoreSamples.start)
            #expect(result == .committed(copies: [1, 1]))
            let later = try fixture.acceptance("later", for: list, claims: [claim])
            #expect(
                try fixture.store.commit([later], now: StoreSamples.start) == .replay(index: 0)
            )
        },
        Self("what was claimed as mail to the owners never becomes a post") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list, roles: .owner)
            let claim = try StoreSamples.claim(list, "one")
            _ = try fixture.store.commit(
                [fixture.ownerMail("one", for: list, claims: [claim])],
                now: StoreSamples.start
            )
            let post = try fixture.acceptance("one", for: list, claims: [claim])
            #expect(
                try fixture.store.commit([post], now: StoreSamples.start) == .replay(index: 0)
            )
        },
        Self("new and repeated messages are told apart in one commit") { fixture in
            let list = try fixture.list()
            for number in 1...2 { try fixture.person(number, of: list) }
            try fixture.post("one", to: list)
            let result = try fixture.store.commit(
                [
                    fixture.acceptance("zero", for: list),
                    fixture.acceptance("one", for: list),
                    fixture.acceptance("zero", for: list),
                ],
                now: StoreSamples.start
            )
            #expect(result == .committed(copies: [2, nil, nil]))
        },
        Self("of a hundred deliveries by two ways exactly one is distributed") { fixture in
            let list = try fixture.list()
            for number in 1...3 { try fixture.person(number, of: list) }
            let acceptance = try fixture.acceptance("one", for: list)
            let stores = [fixture.store, try fixture.open()]
            let results = try Threads.run(100) { index in
                try stores[index % 2].commit([acceptance], now: StoreSamples.start)
            }
            #expect(results.count { $0 == .committed(copies: [3]) } == 1)
            #expect(results.count { $0 == .committed(copies: [nil]) } == 99)
            #expect(try fixture.due().count == 3)
        },
        Self("of fifty messages around one signature exactly one is distributed") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            let claim = try StoreSamples.claim(list, "signed")
            let stores = [fixture.store, try fixture.open()]
            let results = try Threads.run(50) { index in
                try stores[index % 2].commit(
                    [fixture.acceptance("wrapping \(index)", for: list, claims: [claim])],
                    now: StoreSamples.start
                )
            }
            #expect(results.count { $0 == .committed(copies: [1]) } == 1)
            #expect(results.count { $0 == .replay(index: 0) } == 49)
            #expect(try fixture.due().count == 1)
        },
        Self("a bounce is counted, and makes no copy") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            let bounce = Acceptance(
                list: list,
                receipt: StoreSamples.receipt(list, "one", role: .bounces(token: "")),
                claims: [],
                effect: .countBounce(StoreSamples.bounce(), of: person.id)
            )
            let store = fixture.store
            #expect(
                try store.commit([bounce], now: StoreSamples.start) == .committed(copies: [0])
            )
            #expect(
                try store.commit([bounce], now: StoreSamples.start) == .committed(copies: [nil])
            )
            #expect(try fixture.due(1_000_000).isEmpty)
            #expect(try store.bounces(of: person.id).map(\.bounce) == [StoreSamples.bounce()])
        },
        Self("for a list or a person who is gone nothing is taken") { fixture in
            let list = try fixture.list()
            let person = try fixture.person(1, of: list)
            let bounce = Acceptance(
                list: list,
                receipt: StoreSamples.receipt(list, "two"),
                claims: [],
                effect: .countBounce(StoreSamples.bounce(), of: person.id)
            )
            let post = try fixture.acceptance("one", for: list)
            let unsigned = try fixture.acceptance("three", for: list, claims: [])
            try fixture.store.deleteList(list.id)
            for acceptance in [bounce, post, unsigned] {
                #expect(throws: ListStoreError.notFound) {
                    _ = try fixture.store.commit([acceptance], now: StoreSamples.start)
                }
                #expect(try !fixture.store.hasReceipt(acceptance.receipt))
            }
        },
        Self("what was sealed to a key that a list has no more is not taken") { fixture in
            let list = try fixture.list()
            try fixture.person(1, of: list)
            let post = try fixture.acceptance("one", for: list)
            let next = list.replacing(
                key: try StoreSamples.fingerprint(77),
                opensMail: true,
                until: StoreSamples.time(9)
            )
            try fixture.store.replaceKey(
                of: list,
                by: next,
                announcement: StoreSamples.post("announcement"),
                now: StoreSamples.start
            )
            #expect(
                try fixture.store.commit([post], now: StoreSamples.start) == .committed(copies: [1])
            )
            let other = try fixture.acceptance("two", for: list)
            func expectRefused(_ now: Date) throws {
                #expect(try fixture.store.commit([other], now: now) == .outdated(index: 0))
                #expect(try !fixture.store.hasReceipt(other.receipt))
            }
            // When its end has come, and at once if somebody ends it.
            try expectRefused(StoreSamples.time(9))
            try fixture.store.closePreviousKey(of: next)
            try expectRefused(StoreSamples.start)
            let closed = try #require(try fixture.store.list(list.id)?.previousKey)
            #expect(!closed.opensMail && closed.fingerprint == list.fingerprint)
            try fixture.store.forgetPreviousKey(of: next)
            try expectRefused(StoreSamples.start)
        },
        Self("the latest time goes forward only") { fixture in
            let list = try fixture.list()
            #expect(try fixture.store.latestTime() == nil)
            for (message, seconds, latest) in [("a", 5, 5), ("b", 3, 5), ("c", 9, 9)] {
                _ = try fixture.store.commit(
                    [fixture.acceptance(message, for: list)],
                    now: StoreSamples.time(seconds)
                )
                #expect(try fixture.open().latestTime() == StoreSamples.time(latest))
            }
        },
    ]
}
