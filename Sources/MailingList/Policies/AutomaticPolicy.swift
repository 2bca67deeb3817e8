/// Refuses what a program wrote as an answer: a vacation notice, a bounce.
///
/// Distributed, it would be answered by the next such program.
///
/// - SeeAlso: [RFC 3834 §2](https://www.rfc-editor.org/rfc/rfc3834#section-2)
public struct AutomaticPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `automatic`.
    public var name: String { "automatic" }

    /// By the reverse-path and by fields that say so, never by words.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        post.outside.isAutomaticReply
            ? .refuses(.automatic, "a program wrote it as an answer") : .passes
    }
}
