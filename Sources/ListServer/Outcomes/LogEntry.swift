public import Foundation
public import MailingList
import SMTP

/// What was decided about one message, for the administrator.
///
/// Enough to answer "why was my mail refused?", and nothing of the mail: no
/// address of an author, no subject, no key.
public struct LogEntry: Sendable, Hashable, Codable {
    /// What became of it.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// Copies are owed, or it was put to the owners.
        case accepted
        /// It had been taken before.
        case repeated
        /// Refused, and the peer was told so.
        case refused
        /// Refused behind the queue, where nobody may be told.
        case dropped
        /// The peer comes again.
        case postponed
    }

    /// When.
    public let time: Date
    /// The reference that stood in the reply: the MTA's queue id.
    public let reference: String
    /// Which way it came.
    public let door: String
    /// The list.
    public let list: String
    /// The role of the list.
    public let role: String
    /// What became of it.
    public let outcome: Outcome
    /// The name of the refusal, if it was one.
    public let refusal: String?
    /// What was found.
    public let detail: String

    /// Puts them side by side.
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
