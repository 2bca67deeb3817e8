public import SMTP

/// What became of one message that was given to Postfix.
///
/// Only ``accepted(_:)`` means that somebody else is responsible now.
public enum SubmissionOutcome: Sendable, Hashable {
    /// 2xx to the final dot.
    case accepted(SMTPReply)
    /// 4xx or 5xx to RCPT: it is about this recipient.
    case recipientRefused(SMTPReply)
    /// 4xx or 5xx to anything else: it is about us, or about Postfix.
    case messageRefused(SMTPReply)
    /// The connection ended before the final dot was sent: surely not taken.
    case notSent
    /// The final dot was sent and no reply came: it may have been taken.
    ///
    /// It must be sent again, with the same Message-ID: once too often is
    /// better than lost.
    ///
    /// - SeeAlso: [RFC 1047](https://www.rfc-editor.org/rfc/rfc1047)
    case unknown
}
