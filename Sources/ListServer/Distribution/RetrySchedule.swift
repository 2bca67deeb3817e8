public import Foundation

/// Computes when a copy that Postfix did not accept is tried again.
public enum RetrySchedule {
    /// The pause before the second attempt, in seconds.
    public static let first: TimeInterval = 30
    /// The longest pause between two attempts, in seconds.
    public static let longest: TimeInterval = 3600

    /// The pause in seconds, which doubles with each attempt up to ``longest``.
    public static func delay(afterAttempts attempts: Int) -> TimeInterval {
        attempts >= 7 ? longest : min(longest, first * TimeInterval(1 << max(0, attempts)))
    }
}
