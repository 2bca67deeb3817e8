public import SMTP

/// Decides about the recipients and messages of an ``LMTPServer``.
///
/// Both methods may block, because each call runs on a thread of the server's own
/// pool. Several threads call them at the same time.
public protocol LMTPHandler: Sendable {
    /// Answers `RCPT TO`.
    ///
    /// - Parameters:
    ///   - address: The recipient; nil if the path is no address.
    ///   - argument: The path as written, in angle brackets.
    ///   - client: The client that gave the message to Postfix.
    /// - Returns: A 2xx reply, or a refusal of this recipient alone.
    func recipient(
        _ address: EmailAddress?,
        argument: String,
        client: LMTPClient
    ) -> SMTPReply

    /// Answers the final dot with one reply for each recipient, in their order.
    ///
    /// The server replaces a missing reply by `451 4.3.0`, so that Postfix keeps the
    /// message for that recipient and tries again.
    ///
    /// - SeeAlso: [RFC 2033 §4.2](https://www.rfc-editor.org/rfc/rfc2033#section-4.2)
    func message(_ message: LMTPMessage) -> [SMTPReply]
}
