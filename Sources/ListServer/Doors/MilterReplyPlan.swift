import MailingList
import SMTP

/// The one answer that a milter gives for all recipients of a message.
///
/// Postfix has one answer for all. A list part that was taken leaves the
/// message; one that was refused can be told only if nobody else is in it,
/// otherwise it stays, and the gate answers it.
struct MilterReplyPlan: Sendable {
    enum Answer: Sendable, Equatable {
        /// All of it was ours and is on disk.
        case discard
        /// All of it was ours and was not taken.
        case reply(SMTPReply)
        /// The message goes on without these recipients.
        case proceed(deleting: [String])
    }

    let answer: Answer
    /// Whether the author's client is told of a refusal in the dialogue.
    let tellsRefusals: Bool
    /// Whether the answer says something that only opening could tell.
    let dependsOnOpening: Bool

    init(
        recipients: [(argument: String, roles: [ListRecipient])],
        outcomes: [ListRecipient: Outcome],
        isMixed: Bool
    ) {
        let all = recipients.flatMap(\.roles).compactMap { outcomes[$0] }
        let taken = recipients.filter { recipient in
            recipient.roles.allSatisfy { outcomes[$0]?.isStored ?? false }
        }
        let postponed = all.compactMap(\.postponement)
        let refused = all.compactMap { outcome -> SMTPReply? in
            if case .refused(let refusal, let detail, _) = outcome {
                refusal.reply(detail)
            } else {
                nil
            }
        }
        dependsOnOpening = recipients.flatMap(\.roles).contains { recipient in
            outcomes[recipient]?.dependsOnOpening(for: recipient.role) ?? false
        }
        if isMixed {
            answer = .proceed(deleting: taken.map(\.argument))
            tellsRefusals = false
        } else if let reply = postponed.first {
            // What was taken is answered by its receipt when the peer returns.
            answer = .reply(reply)
            tellsRefusals = false
        } else if taken.count == recipients.count {
            answer = .discard
            tellsRefusals = false
        } else if taken.isEmpty, let reply = refused.first {
            answer = .reply(reply)
            tellsRefusals = true
        } else {
            answer = .proceed(deleting: taken.map(\.argument))
            tellsRefusals = false
        }
    }
}
