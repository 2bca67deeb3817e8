/// Refuses signed content that has been in this list before.
public struct ReplayPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `replay`.
    public var name: String { "replay" }

    /// Any known signature is enough.
    ///
    /// The commit asks once more, atomically.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) throws -> PolicyResult {
        try post.signatures.claims.contains(where: context.isClaimed)
            ? .refuses(.replay, "this content has been here before") : .passes
    }
}
