public import Foundation
import OpenPGP

/// Refuses signatures that are too old, or made in the future.
///
/// The table against replay forgets what is older than this window, so the
/// window must be judged before it.
public struct FreshnessPolicy: PostingPolicy {
    /// Seconds that an author's clock may be ahead of ours.
    public static let allowedSkew: TimeInterval = 600

    /// The rule has no parameters.
    public init() {}

    /// `freshness`.
    public var name: String { "freshness" }

    /// Compares the time of every signature with now.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyAnswer {
        let maximumAge = TimeInterval(context.list.settings.signatureMaximumAge)
        for signature in post.signatures {
            let age = context.now.timeIntervalSince(signature.created)
            if age > maximumAge {
                return .refuses(.staleSignature, "made \(Int(age)) seconds ago")
            }
            if age < -Self.allowedSkew {
                return .refuses(.staleSignature, "made \(Int(-age)) seconds ahead of our clock")
            }
        }
        return .passes
    }
}
