public import Foundation

/// Refuses signatures that are too old, made in the future, or of another day than
/// the message.
///
/// Programs sign when they write Date. One that differs much was put onto an old
/// signature, or reads so to Thunderbird, which calls more than an hour invalid;
/// a whole day leaves room for drafts that wait in an outbox.
///
/// The table against replay forgets what is older than this window, so the
/// window must be judged before it.
public struct FreshnessPolicy: PostingPolicy {
    /// Seconds that an author's clock may be ahead of ours.
    public static let allowedSkew: TimeInterval = 600

    /// Seconds between a signature and the Date that it protects.
    public static let allowedDistance: TimeInterval = 86_400

    /// The rule has no parameters.
    public init() {}

    /// `freshness`.
    public var name: String { "freshness" }

    /// Compares the time of every signature with now.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        context.proof.freshness
    }
}
