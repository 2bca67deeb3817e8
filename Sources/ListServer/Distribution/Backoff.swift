import Foundation

/// Computes the pauses between attempts: each is twice as long as the one before.
struct Backoff: Sendable, Hashable {
    /// Between attempts to send one copy.
    static let copies = Backoff(first: 30, longest: 3600)
    /// Between passes of the distributor in which Postfix accepts nothing.
    static let passes = Backoff(first: 2, longest: 30)

    /// The pause after the first failure, in seconds.
    let first: TimeInterval
    /// The longest pause, in seconds.
    let longest: TimeInterval

    /// The pause in seconds after a number of failures in a row.
    func pause(afterFailures failures: Int) -> TimeInterval {
        min(longest, first * TimeInterval(1 << min(max(0, failures - 1), 20)))
    }
}

/// Tracks failures in a row: how long they last, and when to try again.
///
/// It uses monotonic time, so a change of the host's clock neither ends nor extends a pause.
struct FailureRun: Sendable {
    private let backoff: Backoff
    private var began: ContinuousClock.Instant?
    private var next: ContinuousClock.Instant?
    private var failures = 0

    init(_ backoff: Backoff) {
        self.backoff = backoff
    }

    /// Whether the last attempt failed.
    var isFailing: Bool { began != nil }

    /// Whether enough time has passed since the last failure.
    func mayTry(at now: ContinuousClock.Instant) -> Bool {
        next.map { now >= $0 } ?? true
    }

    /// How long the failures have lasted; zero without a failure.
    func duration(at now: ContinuousClock.Instant) -> Duration {
        began.map { $0.duration(to: now) } ?? .zero
    }

    /// Records a failure.
    mutating func extend(at now: ContinuousClock.Instant) {
        began = began ?? now
        failures += 1
        next = now + .seconds(backoff.pause(afterFailures: failures))
    }

    /// Records a success, which ends the failures.
    mutating func end() {
        self = Self(backoff)
    }
}
