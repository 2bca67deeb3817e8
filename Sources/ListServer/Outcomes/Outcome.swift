public import MailingList
public import SMTP

/// Which way a message came.
public enum Door: String, Sendable, Hashable {
    /// In the dialogue with the sending client.
    case milter
    /// Through Postfix's queue.
    case gate
}

/// What became of one message for one role of one list.
///
/// A door makes its reply of it, and ``OutcomeRecorder`` records it.
public enum Outcome: Sendable, Hashable {
    /// Everything that follows is on disk: so many copies or answers are owed. The detail
    /// is for the log.
    case accepted(copies: Int, detail: String)
    /// The same delivery was accepted earlier.
    case repeated
    /// Refused; the detail is for the log. The author is set if a subscriber's signature
    /// proves who wrote the message, so that telling them causes no backscatter.
    case refused(Refusal, detail: String, provenAuthor: EmailAddress?)
    /// Nobody's fault, or a temporary lack of room: the peer comes again.
    case postponed(SMTPReply, detail: String)
    /// Our failure: the peer comes again, and an alarm is raised.
    case failed(detail: String)

    /// Whether all that follows is on disk, so that the peer can forget the message.
    var isStored: Bool {
        switch self {
        case .accepted, .repeated: true
        case .refused, .postponed, .failed: false
        }
    }

    /// The reply that asks the peer to come again, if that is the outcome.
    var postponement: SMTPReply? {
        switch self {
        case .postponed(let reply, _): reply
        case .failed: .failure
        case .accepted, .repeated, .refused: nil
        }
    }
}

extension SMTPReply {
    /// Tells a peer that its message met a failure of ours.
    ///
    /// - SeeAlso: [RFC 3463 §3.4](https://www.rfc-editor.org/rfc/rfc3463#section-3.4)
    public static let failure = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 0),
        "Cannot process this message now, please try again later"
    )
    /// Tells a peer that more messages are open than the host can serve.
    static let busy = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 2),
        "Too many messages at once, please try again later"
    )
    /// Tells a peer that an owner has paused the list.
    static let paused = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 2),
        "This list is paused, please try again later"
    )
}
