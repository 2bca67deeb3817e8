import Foundation
import NIOConcurrencyHelpers
import Testing

@testable import ListServer

@Suite
struct RetryTests {
    @Test(
        "the time between attempts doubles up to an hour",
        arguments: [(0, 30.0), (1, 60), (3, 240), (6, 1920), (7, 3600), (1_000_000, 3600)]
    )
    func delay(attempts: Int, seconds: TimeInterval) {
        #expect(Backoff.copies.pause(afterFailures: attempts + 1) == seconds)
    }

    @Test("a back-off grows its pauses, remembers when it began, and ends")
    func backoff() {
        var run = FailureRun(.passes)
        let start = ContinuousClock.now
        func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }
        #expect(run.mayTry(at: start) && !run.isFailing)
        run.extend(at: start)
        #expect(run.isFailing && run.duration(at: start) == .zero)
        #expect(!run.mayTry(at: at(1)))
        #expect(run.mayTry(at: at(2)))
        run.extend(at: at(100))
        #expect(run.duration(at: at(100)) == .seconds(100))
        for _ in 0..<100 { run.extend(at: at(200)) }
        #expect(!run.mayTry(at: at(229)))
        #expect(run.mayTry(at: at(230)))
        run.end()
        #expect(run.mayTry(at: start) && !run.isFailing)
    }

    @Test("a step of the host's clock back or ahead does not stop copies that wait")
    func clockStep() {
        let host = NIOLockedValueBox(Date(timeIntervalSince1970: 1_000_000))
        let steady = NIOLockedValueBox(ContinuousClock.now)
        let clock = SteadyClock(
            clock: { host.withLockedValue { $0 } },
            steady: { steady.withLockedValue { $0 } }
        )
        let due = clock.now().addingTimeInterval(30)
        host.withLockedValue { $0 -= 86_400 }
        steady.withLockedValue { $0 += .seconds(29) }
        #expect(clock.now() < due)
        steady.withLockedValue { $0 += .seconds(1) }
        #expect(clock.now() == due)
        // Ahead for a while: what is postponed meanwhile is due in its time after the correction.
        host.withLockedValue { $0 += 10 * 86_400 }
        let later = clock.now().addingTimeInterval(60)
        #expect(later > due.addingTimeInterval(86_400))
        host.withLockedValue { $0 -= 9 * 86_400 }
        steady.withLockedValue { $0 += .seconds(60) }
        #expect(clock.now() == later)
    }
}

@Suite
struct ReplyTimingTests {
    @Test(
        "a reply comes at the step that the work for everybody chooses, whatever the rest took",
        arguments: [
            (0.01, 0.01, 1.0), (0.01, 0.5, 1.0), (0.01, 0.89, 1.0), (0.2, 0.3, 1.5),
            (0.2, 1.09, 1.5), (0.01, 1.2, 1.5), (3.0, 3.1, 4.0),
        ]
    )
    func step(settled: TimeInterval, passed: TimeInterval, reply: TimeInterval) {
        let slept = Slept()
        let timing = ReplyTiming(now: { 100 + passed }, sleep: { slept.seconds.append($0) })
        timing.wait(since: 100, settled: settled)
        #expect(abs(passed + (slept.seconds.first ?? -1) - reply) < 0.001)
    }

    private final class Slept: @unchecked Sendable {
        var seconds: [TimeInterval] = []
    }
}
