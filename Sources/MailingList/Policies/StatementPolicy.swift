/// Refuses a post with lines that read like a list's statement.
///
/// The list signs what it distributes. By such a post somebody would make it answer a
/// challenge of another list, and make subscribers sign one when they quote.
public struct StatementPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `statement`.
    public var name: String { "statement" }

    /// Any text part with the word that begins a statement.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        post.structure.hasStatement
            ? .refuses(.malformedInside, "a text in it reads like a list's statement") : .passes
    }
}
