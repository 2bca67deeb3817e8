public import Foundation
public import OpenPGP
public import SMTP

/// One copy that is owed to one person.
public struct Delivery: Sendable, Hashable, Identifiable {
    /// The number of its row; grows with time.
    public let id: Int64
    /// The row of the sealed post.
    public let post: Int64
    /// Whose it is; nil for an answer to somebody who need not be a subscriber.
    public let subscriber: Subscriber.ID?
    /// Where it goes.
    public let recipient: EmailAddress
    /// What stands in its reverse-path; nil for the null reverse-path.
    public let token: AddressToken?
    /// What it is encrypted to, as confirmed now.
    public let certificate: Certificate?
    /// How often it has been tried.
    public let attempts: Int

    /// Makes the value from what a store holds.
    public init(
        id: Int64,
        post: Int64,
        subscriber: Subscriber.ID?,
        recipient: EmailAddress,
        token: AddressToken?,
        certificate: Certificate?,
        attempts: Int
    ) {
        self.id = id
        self.post = post
        self.subscriber = subscriber
        self.recipient = recipient
        self.token = token
        self.certificate = certificate
        self.attempts = attempts
    }

    /// What became of an attempt.
    public enum Outcome: Sendable, Hashable {
        /// The MTA has it: the row goes, and the post with the last of them.
        case delivered
        /// It stays owed, and is tried again; the text is for the administrator.
        case postponed(until: Date, reason: String)
        /// It was sent and no reply came: Postfix may have it. It is tried again, and the store
        /// keeps how often that happened.
        case unknown(until: Date, reason: String)
        /// It was not sent after all, so this attempt does not count.
        case notTried
        /// It stays owed and is due now: Postfix has accepted other copies since it refused
        /// this one.
        case dueNow
        /// It stays owed and is not tried again before somebody decides about it.
        case waits(for: Wait, reason: String)
        /// This subscriber cannot get it; the owners are told.
        case undeliverable(reason: String, status: EnhancedStatusCode? = nil)
        /// The key cannot encrypt now. The owners are told.
        case keyUnusable
    }
}

extension Delivery {
    /// The reason why a copy waits for the administrator instead of a time.
    public enum Wait: String, Sendable, Hashable, CaseIterable {
        /// Postfix refuses this copy for good and accepts others.
        case refused
        /// Postfix may have it already, more than once: no reply to the final dot came.
        case unknown
    }
}

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
