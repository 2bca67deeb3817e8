public import SMTP

/// The outcome of one message that was submitted to Postfix.
///
/// Postfix is responsible for the message only after ``accepted(_:)``.
public enum SubmissionOutcome: Sendable, Hashable {
    /// Postfix replied 2xx to the final dot.
    case accepted(SMTPReply)
    /// Postfix replied 4xx or 5xx to RCPT, which concerns this recipient.
    case recipientRefused(SMTPReply)
    /// Postfix replied 4xx or 5xx to another command: it refuses us, or has a failure.
    case messageRefused(SMTPReply)
    /// The connection ended before the final dot was sent: Postfix does not have it.
    case notSent
    /// The final dot was sent and no reply came: Postfix may have the message.
    ///
    /// Send it again with the same Message-ID: a duplicate is better than a loss.
    ///
    /// - SeeAlso: [RFC 1047](https://www.rfc-editor.org/rfc/rfc1047)
    case unknown
}
