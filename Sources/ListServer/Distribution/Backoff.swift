import Foundation

/// Tracks repeated failures: how long they last, and when to try again.
struct Backoff: Sendable {
    /// The longest pause between two attempts, in seconds.
    static let longestPause: TimeInterval = 30

    private var began: Date?
    private var next: Date?
    private var failures = 0

    /// Whether enough time has passed since the last failure.
    func mayTry(at now: Date) -> Bool {
        next.map { now >= $0 } ?? true
    }

    /// Records a failure, and returns for how many seconds the failures have lasted.
    mutating func extend(at now: Date) -> TimeInterval {
        let start = began ?? now
        began = start
        failures += 1
        next = now.addingTimeInterval(
            min(Self.longestPause, TimeInterval(1 << min(failures, 5)))
        )
        return now.timeIntervalSince(start)
    }

    /// Records a success, which ends the failures.
    mutating func end() {
        self = Self()
    }
}
