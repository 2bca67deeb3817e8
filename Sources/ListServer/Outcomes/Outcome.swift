public import MailingList
public import SMTP

/// The way by which a message arrived.
public enum Door: String, Sendable, Hashable {
    /// Through the milter, during the SMTP dialogue with the client.
    case milter
    /// Through the LMTP gate, from Postfix's queue.
    case gate
}

/// The outcome of one message for one role of one list.
///
/// The milter and the gate make their reply from it, and ``OutcomeRecorder`` records it.
public enum Outcome: Sendable, Hashable {
    /// The message was accepted, and all its copies or replies are stored for delivery.
    ///
    /// The detail is for the log.
    case accepted(copies: Int, detail: String)
    /// The same delivery was accepted earlier.
    case repeated
    /// Refused; the detail is for the log. The author is set if a subscriber's signature
    /// proves who wrote the message, so that telling them causes no backscatter.
    case refused(Refusal, detail: String, provenAuthor: EmailAddress?)
    /// A temporary condition, such as too little space: the peer tries again.
    case postponed(SMTPReply, detail: String)
    /// A failure of ours: the peer tries again, and an alarm is raised.
    case failed(detail: String)

    /// Whether the result is on disk, so that the peer may delete the message.
    var isStored: Bool {
        switch self {
        case .accepted, .repeated: true
        case .refused, .postponed, .failed: false
        }
    }

    /// Whether the time of the reply could show who is subscribed.
    ///
    /// For commands an acceptance can, too.
    func dependsOnOpening(for role: ListRole) -> Bool {
        switch self {
        case .refused, .failed: true
        case .accepted, .repeated, .postponed: role.isCommand
        }
    }

    /// The reply that asks the peer to try again; nil for other outcomes.
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
    /// Tells a peer that its message has more recipients than the lists take at once.
    ///
    /// - SeeAlso: [RFC 5321 §4.5.3.1.10](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.10)
    static let tooManyRecipients = SMTPReply(
        452,
        EnhancedStatusCode(4, 5, 3),
        "Too many recipients here"
    )
    /// Tells a peer that an owner has paused the list.
    static let paused = SMTPReply(
        451,
        EnhancedStatusCode(4, 3, 2),
        "This list is paused, please try again later"
    )
}
