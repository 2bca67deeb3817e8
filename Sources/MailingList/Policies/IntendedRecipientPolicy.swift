/// Refuses what its author signed for somebody else.
///
/// A subscriber of one list can encrypt another's signed mail to a second list.
/// Where the author's program protects To and Cc, they must name this list, and
/// where a signature names the keys it was made for, the list's must be among
/// them. A program that does neither leaves the post unbound: it is taken, and
/// the copy says so.
///
/// - SeeAlso: [RFC 9580 §5.2.3.36](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3.36)
/// - SeeAlso: [RFC 9580 §13.12](https://www.rfc-editor.org/rfc/rfc9580#section-13.12)
public struct IntendedRecipientPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `recipient`.
    public var name: String { "recipient" }

    /// A posting address must stand there, with whatever extension; another role is another
    /// place.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        switch context.proof.binding {
        case .elsewhere(let detail): return .refuses(.addressedElsewhere, detail)
        case .list(let roles):
            return roles.isEmpty || roles.contains(.posting)
                ? .passes
                : .refuses(.addressedElsewhere, "the signed To and Cc name other addresses")
        case .open:
            switch context.list.settings.unboundPostAction {
            case .accept: return .passes
            case .refuse:
                return .refuses(.addressedElsewhere, "no signature says for whom it was made")
            }
        }
    }
}
