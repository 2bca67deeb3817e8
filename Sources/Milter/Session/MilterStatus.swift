public import SMTP

/// What a ``MilterSession`` answers to an event.
public enum MilterStatus: Sendable, Hashable {
    /// Go on with the next event.
    case `continue`
    /// Take the message, and tell no more of it.
    ///
    /// At RCPT this ends the events of the *whole* message, also for recipients
    /// that are still to come; DATA is the first stage where it means what one
    /// thinks.
    case accept
    /// Tell the client 250, and drop the message for every recipient.
    case discard
    /// Refuse for good, with the MTA's own text.
    case reject
    /// Refuse for now, with the MTA's own text.
    case temporaryFailure
    /// Give no more of the body; the same as ``continue`` elsewhere.
    case skip
    /// Refuse with this reply: for good if its code is 5xx, else for now.
    ///
    /// A milter cannot give a reply that is a success, so one with another code
    /// becomes ``temporaryFailure``, never an acceptance.
    case reply(SMTPReply)
}
