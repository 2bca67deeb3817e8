/// Refuses what an earlier filter of the host has marked.
public struct SpamPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `spam`.
    public var name: String { "spam" }

    /// Counts only if owners want it: a good signature says more than a filter.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        post.outside.spamVerdict.map { .refuses(.spam, $0) } ?? .passes
    }
}
