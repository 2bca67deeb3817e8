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

    @Test("a time that is back is believed after an hour, and forgotten when it ends")
    func patience() {
        let hands = Hands()
        let watch = hands.watch()
        hands.set(wall: -86_400, steady: 0)
        #expect(watch.jump() == -86_400)
        hands.set(wall: 10, steady: 10)
        #expect(watch.jump() == nil)
        hands.set(wall: -86_380, steady: 20)
        #expect(watch.jump() == -86_400)
        hands.set(wall: -86_380 + 3599, steady: 20 + 3599)
        #expect(watch.jump() == -86_400)
        hands.set(wall: -86_380 + 3600, steady: 20 + 3600)
        #expect(watch.jump() == nil)
        hands.set(wall: 3630, steady: 3630)
        #expect(watch.jump() == 86_400)
    }

    @Test("a time that is ahead is not believed however long it holds, until somebody accepts it")
    func aheadForever() {
        let hands = Hands()
        let watch = hands.watch()
        hands.set(wall: 86_400, steady: 0)
        #expect(watch.jump() == 86_400)
        hands.set(wall: 40 * 86_400, steady: 39 * 86_400)
        #expect(watch.jump() == 86_400)
        hands.set(wall: 39 * 86_400, steady: 39 * 86_400)
        #expect(watch.jump() == nil)
        hands.set(wall: 40 * 86_400, steady: 39 * 86_400)
        watch.accept()
        #expect(watch.jump() == nil)
    }

    @Test("a time that is ahead is believed once a time service has set the clock")
    func synchronised() {
        let hands = Hands()
        let isSynchronised = NIOLockedValueBox(false)
        let watch = hands.watch { isSynchronised.withLockedValue { $0 } }
        watch.begin(after: StoreSamples.start.addingTimeInterval(-30 * 86_400))
        hands.set(wall: 86_400, steady: 0)
        #expect(watch.jump() == 86_400)
        #expect(watch.doubt() == 2_592_000)
        isSynchronised.withLockedValue { $0 = true }
        #expect(watch.jump() == nil)
        #expect(watch.doubt() == nil)
        isSynchronised.withLockedValue { $0 = false }
        #expect(watch.jump() == nil)
        // A signature of just now says the same where there is no time service.
        let other = hands.watch()
        other.begin(after: StoreSamples.start)
        other.sawSignature(of: StoreSamples.start)
        #expect(other.doubt() == nil)
        other.begin(after: StoreSamples.start.addingTimeInterval(-86_400))
        other.sawSignature(of: StoreSamples.start)
        #expect(other.doubt() == 172_800)
        other.sawSignature(of: StoreSamples.start.addingTimeInterval(86_400 - 60))
        #expect(other.doubt() == nil)
    }

    @Test("no post is refused for its age while the clock stands ahead")
    func notStale() throws {
        let bench = try OpenerBench()
        let message = bench.message(around: try bench.signedInside("hello"))
        let hands = Hands(start: OpenerBench.now)
        let judging = try JudgeBench(bench, clock: hands.clock, watch: hands.watch())
        hands.set(wall: 40 * 86_400, steady: 1)
        guard case .postpone(let reply) = judging.judge(message) else {
            Issue.record("it was judged")
            return
        }
        #expect(reply.code == 451)
        #expect(try bench.store.status(now: OpenerBench.now).alarms.map(\.alarm) == [.clock])
        hands.set(wall: 2, steady: 2)
        #expect(judging.judge(message).isAcceptance)
    }

    @Test("no post is refused for its age after a start with a clock that nobody vouches for")
    func notStaleAtStart() throws {
        let bench = try OpenerBench()
        let message = bench.message(around: try bench.signedInside("hello"))
        let hands = Hands(start: OpenerBench.now.addingTimeInterval(40 * 86_400))
        let watch = hands.watch()
        watch.begin(after: OpenerBench.now)
        let judging = try JudgeBench(bench, clock: hands.clock, watch: watch)
        guard case .postpone(let reply) = judging.judge(message) else {
            Issue.record("it was judged")
            return
        }
        #expect(reply.code == 451)
        #expect(try bench.store.status(now: OpenerBench.now).alarms.map(\.alarm) == [.clock])
        watch.accept()
        guard case .refuse(let refusal, _, _) = judging.judge(message) else {
            Issue.record("it was not refused")
            return
        }
        #expect(refusal == .staleSignature)
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

    func watch(
        isSynchronised: @escaping @Sendable () -> Bool = { false }
    ) -> ClockJumpDetector {
        ClockJumpDetector(
            clock: clock,
            steady: { [self] in seconds.withLockedValue { $0.steady } },
            isSynchronised: isSynchronised
        )
    }
}
