public import MailingList
public import SMTP

/// What a door does with a message for one role of one list.
public enum Judgement: Sendable {
    /// To be committed.
    case accept(Acceptance)
    /// Taken before: 250, and nothing more.
    case repeated
    /// Refused; the detail is for the log. The author is set if a subscriber's
    /// signature proved who wrote it.
    case refuse(Refusal, detail: String, provenAuthor: EmailAddress?)
    /// Our failure, or no room: the peer comes again.
    case postpone(SMTPReply)
}

/// Which way a message came.
public enum Door: String, Sendable, Hashable {
    /// In the sending client's dialogue.
    case milter
    /// Through Postfix's queue.
    case gate
}
