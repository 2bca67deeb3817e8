public import Foundation
public import MailingList
import SMTP

/// The outcome of one message, for the administrator.
///
/// It answers "why was my mail refused?", and contains nothing of the message: no
/// address of an author, no subject, no key.
public struct LogEntry: Sendable, Hashable, Codable {
    /// What became of it.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// The message was accepted, and its copies or notices are stored for delivery.
        case accepted
        /// The message had been accepted before.
        case repeated
        /// The message was refused with a reply to the peer.
        case refused
        /// The message was refused after Postfix had queued it, and nobody was told.
        case dropped
        /// The message got a temporary failure, and the peer tries again.
        case postponed
    }

    /// The time of the outcome.
    public let time: Date
    /// The reference in the reply: the MTA's queue id.
    public let reference: String
    /// The way by which the message arrived.
    public let door: String
    /// The list that the message was sent to.
    public let list: String
    /// The role of the list's address.
    public let role: String
    /// What became of it.
    public let outcome: Outcome
    /// The name of the refusal; nil if the message was not refused.
    public let refusal: String?
    /// The details, for the administrator.
    public let detail: String

    /// Makes an entry; ``OutcomeLog`` writes it.
    public init(
        time: Date,
        reference: String,
        door: Door,
        recipient: ListRecipient,
        outcome: Outcome,
        refusal: Refusal?,
        detail: String
    ) {
        self.time = time
        self.reference = reference
        self.door = door.rawValue
        list = recipient.list.address.key
        role = recipient.role.name
        self.outcome = outcome
        self.refusal = refusal?.rawValue
        self.detail = detail
    }
}
