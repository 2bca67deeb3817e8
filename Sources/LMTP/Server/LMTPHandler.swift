public import SMTP

/// What answers for the recipients and the messages of an ``LMTPServer``.
///
/// Both calls may block: each runs on a thread of the server's own pool. They
/// come from several threads at once.
public protocol LMTPHandler: Sendable {
    /// Answers `RCPT TO`, with a 2xx or a refusal of this recipient alone.
    ///
    /// - Parameters:
    ///   - address: The recipient.
    ///   - argument: The path as written, in angle brackets.
    ///   - client: Where Postfix got the message from.
    /// - Returns: The reply.
    func recipient(
        _ address: EmailAddress,
        argument: String,
        client: LMTPClient
    ) -> SMTPReply

    /// Answers the final dot: one reply for each recipient, in their order.
    ///
    /// A reply that is missing becomes `451 4.3.0`: nobody promised anything
    /// for that recipient, so Postfix keeps the message and comes again.
    func message(_ message: LMTPMessage) -> [SMTPReply]
}
