/// Refuses a post whose protected From is not the one outside.
///
/// Somebody who got a signed mail could else put it into an envelope that names
/// another, and inner or outer header would be believed by turns.
///
/// - SeeAlso: [RFC 9788 §4.4](https://www.rfc-editor.org/rfc/rfc9788#section-4.4)
public struct FromMatchPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `author`.
    public var name: String { "author" }

    /// From inside, where there is one, must be exactly the author's.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        context.proof.from
    }
}
