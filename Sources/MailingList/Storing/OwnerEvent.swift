/// What owners can be told of, or not; that copies cannot be made for somebody is always
/// said, and what they must decide.
public enum OwnerEvent: String, Sendable, Hashable, CaseIterable {
    /// Somebody has become a subscriber by mail.
    case join
    /// Somebody has left by mail.
    case leave
    /// Somebody has another key, or a longer one.
    case keyChange = "key-change"
    /// Bounces have stopped somebody's copies.
    case bounces
    /// Somebody's key ends soon.
    case keyExpiry = "key-expiry"
    /// Messages were refused where nobody could be told any more, and dropped.
    case dropped
}
