public import Foundation

/// When a copy that was not taken is tried again.
public enum RetrySchedule {
    /// Seconds before the second attempt.
    public static let first: TimeInterval = 30
    /// Seconds between attempts at the most.
    public static let longest: TimeInterval = 3600

    /// Doubles with each attempt.
    public static func delay(afterAttempts attempts: Int) -> TimeInterval {
        attempts >= 7 ? longest : min(longest, first * TimeInterval(1 << max(0, attempts)))
    }
}
