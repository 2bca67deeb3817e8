public import Foundation

/// What owners are told of in one mail a day: what came together since the last.
public enum OwnerReport: String, Sendable, Hashable, CaseIterable {
    /// Who gets no copies for want of a key.
    case unusableKeys = "unusable-keys"
    /// Whose key ends soon.
    case keyExpiry = "key-expiry"
    /// Whose copies came back, and stopped.
    case bounces
    /// What was dropped because nobody could be told that it was refused.
    case dropped
    /// Which copies did not reach a subscriber, and why.
    case missedCopies = "missed-copies"

    /// Seconds between two of a kind.
    public static let interval: TimeInterval = UTCDay.seconds

    /// Whether owners who were last told at a time may be told again.
    ///
    /// A time that is yet to come is no reason to wait: the clock was set back.
    public static func isDue(lastTold: Date?, now: Date) -> Bool {
        guard let lastTold else { return true }
        return lastTold > now || now.timeIntervalSince(lastTold) >= interval
    }
}
