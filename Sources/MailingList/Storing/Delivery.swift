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
        /// This subscriber cannot get it; the owners are told.
        case undeliverable(reason: String, status: EnhancedStatusCode? = nil)
        /// The key cannot encrypt now. The owners are told.
        case keyUnusable
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
    /// The time of the next attempt.
    public let next: Date
    /// The number of attempts so far.
    public var attempts = 0
    /// What the last attempt met.
    public var reason: String?

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
