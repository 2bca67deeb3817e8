public import SMTP

/// The command of a message that a reply refers to, or that a connection ended at.
public enum SubmissionPhase: String, Sendable, Hashable, CaseIterable {
    /// MAIL, which says the reverse-path.
    case mail = "MAIL FROM"
    /// RCPT, which says the recipient.
    case recipient = "RCPT TO"
    /// DATA, before the message.
    case data = "DATA"
    /// The dot that ends the message. Content filters reply here.
    case dot = "the final dot"
}

/// The outcome of one message that was submitted to Postfix.
///
/// Postfix is responsible for the message only after ``accepted(_:)``.
public enum SubmissionOutcome: Sendable, Hashable {
    /// Postfix replied 2xx to the final dot.
    case accepted(SMTPReply)
    /// Postfix replied 4xx or 5xx to a command of this message.
    case refused(SMTPReply, SubmissionPhase)
    /// The connection ended at a command of this message, before the message was sent.
    case interrupted(SubmissionPhase)
    /// The connection ended before the first command of this message was answered: Postfix
    /// does not have it, and the message is not the cause.
    case notSent
    /// The message was sent and no reply came: Postfix may have it.
    ///
    /// Send it again with the same Message-ID: a duplicate is better than a loss.
    ///
    /// - SeeAlso: [RFC 1047](https://www.rfc-editor.org/rfc/rfc1047)
    case unknown
}
