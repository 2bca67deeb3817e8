import Foundation
import SMTP
import Testing

@testable import ListServer

@Suite
struct RefusalStreakTests {
    private let dead = SMTPReply(550, EnhancedStatusCode(5, 1, 1), "<a@b>: unknown")
    private let denied = SMTPReply(554, EnhancedStatusCode(5, 7, 1), "<a@b>: relay denied")

    @Test("one dead address is settled when somebody else fares better")
    func one() {
        var streak = RefusalStreak()
        #expect(streak.refused(1, dead) == .settled([:]))
        #expect(streak.release() == [1: dead])
        #expect(streak.release().isEmpty)
    }

    @Test("the same refusal three times running stops everything, and nobody loses her copy")
    func three() {
        var streak = RefusalStreak()
        #expect(streak.refused(1, denied) == .settled([:]))
        #expect(streak.refused(2, denied) == .settled([:]))
        guard case .halted(let ids, let reply) = streak.refused(3, denied) else {
            Issue.record("it went on")
            return
        }
        #expect(Set(ids) == [1, 2, 3])
        #expect(reply == denied)
    }

    @Test("another kind of refusal settles what was held")
    func different() {
        var streak = RefusalStreak()
        _ = streak.refused(1, dead)
        #expect(streak.refused(2, denied) == .settled([1: dead]))
        #expect(streak.release() == [2: denied])
    }
}

@Suite
struct RetryTests {
    @Test(
        "the time between attempts doubles up to an hour",
        arguments: [(0, 30.0), (1, 60), (3, 240), (6, 1920), (7, 3600), (1_000_000, 3600)]
    )
    func delay(attempts: Int, seconds: TimeInterval) {
        #expect(RetrySchedule.delay(afterAttempts: attempts) == seconds)
    }

    @Test("a back-off grows its pauses, remembers when it began, and ends")
    func backoff() {
        var backoff = Backoff()
        let start = Date(timeIntervalSince1970: 1000)
        #expect(backoff.mayTry(at: start))
        #expect(backoff.extend(at: start) == 0)
        #expect(!backoff.mayTry(at: start.addingTimeInterval(1)))
        #expect(backoff.mayTry(at: start.addingTimeInterval(2)))
        #expect(backoff.extend(at: start.addingTimeInterval(100)) == 100)
        for _ in 0..<100 { _ = backoff.extend(at: start.addingTimeInterval(200)) }
        #expect(backoff.mayTry(at: start.addingTimeInterval(230)))
        backoff.end()
        #expect(backoff.mayTry(at: start))
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
