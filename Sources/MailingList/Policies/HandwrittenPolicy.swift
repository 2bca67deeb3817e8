/// Refuses commands that a program wrote, or that came through a list.
///
/// A program that answers a notice of the list would be carried out, and answered, for ever.
///
/// - SeeAlso: [RFC 3834 §2](https://www.rfc-editor.org/rfc/rfc3834#section-2)
public struct HandwrittenPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `handwritten`.
    public var name: String { "handwritten" }

    /// Refuses automatic mail, and all mail with a null reverse-path.
    public func judge(_ message: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        message.outside.isAutomatic || message.outside.hasNullReversePath
            ? .refuses(.automatic, "a person did not write it") : .passes
    }
}
