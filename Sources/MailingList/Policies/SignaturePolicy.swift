/// Refuses a post unless all its signatures are good and one is the author's.
///
/// An empty list of signatures is never good: "all of none" has let strangers
/// in elsewhere.
public struct SignaturePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `signature`.
    public var name: String { "signature" }

    /// Every outcome must be good, and at least one by the confirmed key.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        context.proof.signature
    }
}
