public import Foundation
public import SMTP

/// A copy that is owed, as `listseal queue show` prints it.
public struct OwedCopy: Sendable, Hashable, Identifiable {
    /// The number of its row.
    public let id: Int64
    /// The list.
    public let list: EmailAddress
    /// Message-ID of the copy.
    public let messageID: String
    /// Where it goes.
    public let recipient: EmailAddress
    /// When its post was sealed.
    public let sealed: Date
    /// The time of the next attempt, unless ``waits`` is set.
    public let next: Date
    /// The number of attempts so far.
    public var attempts = 0
    /// The failure of the last attempt: the command, and the reply to it.
    public var reason: String?
    /// How often it was sent without a reply since the last known outcome.
    public var unknown = 0
    /// Why it waits for the administrator; nil if it is tried again at ``next``.
    public var waits: Delivery.Wait?

    /// Makes a copy that was not tried yet.
    public init(
        id: Int64,
        list: EmailAddress,
        messageID: String,
        recipient: EmailAddress,
        sealed: Date,
        next: Date
    ) {
        self.id = id
        self.list = list
        self.messageID = messageID
        self.recipient = recipient
        self.sealed = sealed
        self.next = next
    }
}

/// A copy that did not reach a subscriber, as the owners are told.
public struct MissedCopy: Sendable, Hashable, Identifiable {
    /// The number of its row.
    public let id: Int64
    /// The list.
    public let list: MailingList.ID
    /// The subscriber's address.
    public let address: String
    /// Message-ID of the copy; nil if a bounce does not say which copy came back.
    public let messageID: String?
    /// What the refusing server replied, or what happened.
    public let reason: String
    /// The number of the copy that waits for a decision; nil if there is none.
    public let delivery: Delivery.ID?

    /// Makes the value from what a store holds.
    public init(
        id: Int64,
        list: MailingList.ID,
        address: String,
        messageID: String?,
        reason: String,
        delivery: Delivery.ID?
    ) {
        self.id = id
        self.list = list
        self.address = address
        self.messageID = messageID
        self.reason = reason
        self.delivery = delivery
    }
}
