/// Refuses what its author signed for somebody else.
///
/// A subscriber of one list can encrypt another's signed mail to a second list.
/// Where the author's program protects To and Cc, they must name this list. A
/// program that does not leaves the post unbound: it is taken, and the copy
/// says so.
///
/// - SeeAlso: [RFC 9580 §13.12](https://www.rfc-editor.org/rfc/rfc9580#section-13.12)
public struct RecipientPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `recipient`.
    public var name: String { "recipient" }

    /// The posting address itself must stand there; another role is another place.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyAnswer {
        guard let recipients = post.protectedRecipients, !recipients.isEmpty else {
            return .passes
        }
        return recipients.contains(context.list.address)
            ? .passes : .refuses(.addressedElsewhere, "the signed To and Cc name other addresses")
    }
}
