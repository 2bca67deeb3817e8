public import SMTP

/// The status that a ``MilterSession`` returns for an event.
public enum MilterStatus: Sendable, Hashable {
    /// Continue with the next event.
    case `continue`
    /// Accept the message and send no more events for it.
    ///
    /// At RCPT this ends the events of the *whole* message, including those of later
    /// recipients. Return it at DATA or later.
    case accept
    /// Reply 250 to the client, and drop the message for every recipient.
    case discard
    /// Refuse permanently, with the MTA's own text.
    case reject
    /// Refuse temporarily, with the MTA's own text.
    case temporaryFailure
    /// Send no more chunks of the body; at other stages the same as ``continue``.
    case skip
    /// Refuse with this reply: permanently if its code is 5xx, temporarily if 4xx.
    ///
    /// A milter cannot choose the reply of a success, so any other code becomes
    /// ``temporaryFailure``, never an acceptance.
    case reply(SMTPReply)
}
