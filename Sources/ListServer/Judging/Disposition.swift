public import MailingList
import SMTP

/// What has to happen to a message for one role before a door can reply.
public enum Disposition: Sendable {
    /// Store this; the outcome then is ``Outcome/accepted(copies:detail:)``.
    case store(Acceptance)
    /// Store this, and give this outcome: a wrong answer to a challenge is refused, and it
    /// counts.
    case storeAndAnswer(Acceptance, Outcome)
    /// Store nothing.
    case answer(Outcome)

    /// A refusal; the detail is for the log.
    static func refuse(
        _ refusal: Refusal,
        _ detail: String,
        provenAuthor: EmailAddress? = nil
    ) -> Self {
        .answer(.refused(refusal, detail: detail, provenAuthor: provenAuthor))
    }

    /// Why the message is refused; nil if it is not.
    var refusal: Refusal? {
        switch self {
        case .answer(.refused(let refusal, _, _)),
            .storeAndAnswer(_, .refused(let refusal, _, _)):
            refusal
        case .store, .answer, .storeAndAnswer: nil
        }
    }

    /// What has to be stored.
    var acceptance: Acceptance? {
        switch self {
        case .store(let acceptance), .storeAndAnswer(let acceptance, _): acceptance
        case .answer: nil
        }
    }
}
