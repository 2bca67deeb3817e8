/// The text between the angle brackets of `MAIL FROM` and `RCPT TO`.
///
/// For local submission Postfix gives a milter the path without brackets, and the
/// null path as `""`.
///
/// - SeeAlso: [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2)
public struct Path: Sendable, Hashable {
    /// The mailbox without brackets and source route, otherwise as written; empty for
    /// the null path.
    public let mailbox: String

    /// Removes brackets and a source route; nil if a bracket is missing.
    public init?(argument: String) {
        var text = Substring(argument)
        if text == "\"\"" {
            mailbox = ""
            return
        }
        if text.hasPrefix("<") {
            guard text.hasSuffix(">") else { return nil }
            text = text.dropFirst().dropLast()
        }
        // RFC 5321 appendix C: a source route (`@a,@b:`) is accepted and ignored.
        if text.hasPrefix("@"), let colon = text.firstIndex(of: ":") {
            text = text[text.index(after: colon)...]
        }
        mailbox = String(text)
    }
}
