import Foundation
import Logging
import MailingList
import NIOConcurrencyHelpers
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

@Suite("a clock that jumps")
struct ClockTests {
    @Test(
        "a clock that was set is seen, and one that only drifts is not",
        arguments: [
            (0, 0, nil), (3600, 3600, nil), (3600, 3000, nil), (3601, 3000, 601),
            (0, 601, -601), (-7200, 0, -7200),
        ] as [(Double, Double, Double?)]
    )
    func watch(wall: Double, steady: Double, jump: Double?) {
        let hands = Hands()
        let watch = hands.watch()
        hands.set(wall: wall, steady: steady)
        #expect(watch.jump() == jump)
    }

    @Test("a new time is believed when it has held for an hour, and forgotten when it ends")
    func patience() {
        let hands = Hands()
        let watch = hands.watch()
        hands.set(wall: 86_400, steady: 0)
        #expect(watch.jump() == 86_400)
        hands.set(wall: 10, steady: 10)
        #expect(watch.jump() == nil)
        hands.set(wall: 86_420, steady: 20)
        #expect(watch.jump() == 86_400)
        hands.set(wall: 86_420 + 3599, steady: 20 + 3599)
        #expect(watch.jump() == 86_400)
        hands.set(wall: 86_420 + 3600, steady: 20 + 3600)
        #expect(watch.jump() == nil)
        hands.set(wall: 3630, steady: 3630)
        #expect(watch.jump() == -86_400)
    }

    @Test("nothing is forgotten by a clock that was set ahead, and somebody is told")
    func ahead() throws {
        let directory = try TemporaryDirectory()
        let fixture = try StoreFixture(store: SQLiteStore(path: directory.file("s"))) {
            try SQLiteStore(path: directory.file("s"))
        }
        let (store, list) = (fixture.store, try fixture.list())
        try fixture.post("one", to: list)
        let claim = try StoreSamples.claim(list, "one")
        let later = StoreSamples.time(400 * 86_400)
        try Janitor.keepHouse(in: store, now: later, jump: 400 * 86_400)
        #expect(try store.isClaimed(claim))
        #expect(try store.status(now: later).alarms.map(\.alarm) == [.clock])
        try Janitor.keepHouse(in: store, now: StoreSamples.time(9), jump: nil)
        #expect(try store.status(now: later).alarms.isEmpty && store.isClaimed(claim))
        try Janitor.keepHouse(in: store, now: later, jump: nil)
        #expect(try !store.isClaimed(claim))
    }

    @Test("no message is judged while the clock stands back, and one is when it is right")
    func back() throws {
        let bench = try OpenerBench()
        let message = bench.message(around: try bench.signedInside("hello"))
        let hands = Hands(start: OpenerBench.now)
        let judging = try JudgeBench(bench, clock: hands.clock, watch: hands.watch())
        func answer(wall: Double, steady: Double) -> JudgeBench.Judged {
            hands.set(wall: wall, steady: steady)
            return judging.judge(message)
        }
        guard case .postpone(let reply) = answer(wall: -86_400, steady: 1) else {
            Issue.record("it was judged")
            return
        }
        #expect(reply.code == 451)
        #expect(try bench.store.status(now: OpenerBench.now).alarms.map(\.alarm) == [.clock])
        #expect(answer(wall: 2, steady: 2).isAcceptance)
    }

    @Test("a later time that was wrong can be taken back")
    func accepted() throws {
        let directory = try TemporaryDirectory()
        let fixture = try StoreFixture(store: SQLiteStore(path: directory.file("s"))) {
            try SQLiteStore(path: directory.file("s"))
        }
        let list = try fixture.list()
        _ = try fixture.store.commit(
            [try fixture.acceptance("one", for: list)],
            now: StoreSamples.time(86_400)
        )
        try fixture.store.acceptTime(StoreSamples.start)
        #expect(try fixture.store.latestTime() == StoreSamples.start)
        try fixture.store.acceptTime(StoreSamples.time(9))
        #expect(try fixture.store.latestTime() == StoreSamples.start)
    }
}

/// Two clocks that a test sets.
private final class Hands: Sendable {
    private let start: Date
    private let seconds = NIOLockedValueBox((wall: 0.0, steady: 0.0))

    init(start: Date = StoreSamples.start) { self.start = start }

    func set(wall: Double, steady: Double) { seconds.withLockedValue { $0 = (wall, steady) } }

    var clock: @Sendable () -> Date {
        { [self] in start.addingTimeInterval(seconds.withLockedValue { $0.wall }) }
    }

    func watch() -> ClockJumpDetector {
        ClockJumpDetector(clock: clock, steady: { [self] in seconds.withLockedValue { $0.steady } })
    }
}
