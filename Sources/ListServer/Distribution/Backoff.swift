import Foundation

/// How long something has failed now, and when to try it again.
struct Backoff: Sendable {
    /// Seconds between attempts at the most.
    static let longestPause: TimeInterval = 30

    private var began: Date?
    private var next: Date?
    private var failures = 0

    /// Whether enough time has passed since the last failure.
    func mayTry(at now: Date) -> Bool {
        next.map { now >= $0 } ?? true
    }

    /// It failed again; returns for how long it has failed.
    mutating func extend(at now: Date) -> TimeInterval {
        let start = began ?? now
        began = start
        failures += 1
        next = now.addingTimeInterval(
            min(Self.longestPause, TimeInterval(1 << min(failures, 5)))
        )
        return now.timeIntervalSince(start)
    }

    /// It works.
    mutating func end() {
        self = Self()
    }
}
