public import Foundation
public import OpenPGP

/// Operations of a transaction on accepted messages, sealed posts and the copies of them.
public protocol PostRows {
    /// Writes a receipt; false if it was there.
    func insert(_ receipt: Receipt, now: Date) throws -> Bool
    /// Writes a claim until a time; false if it was there.
    func insert(_ claim: SignatureClaim, of list: MailingList.ID, until end: Date) throws -> Bool
    /// Notes until a time that a list has seen signed content.
    func noteSighting(of claim: SignatureClaim, in list: MailingList.ID, until end: Date) throws
    /// Whether another list than this has seen it, and the note is still good.
    func isSighted(
        _ claim: SignatureClaim,
        besides list: MailingList.ID,
        now: Date
    ) throws
        -> Bool

    /// Writes a sealed post and a delivery for each person of an audience, in one statement
    /// and in random order; returns how many. Without anybody the post is not written.
    func distribute(
        _ post: SealedPost,
        of list: MailingList.ID,
        to audience: AudienceFilter,
        now: Date
    ) throws -> Int
    /// Writes a sealed post and the one delivery of it, to the recipient that it names.
    func send(
        _ post: SealedPost,
        of list: MailingList.ID,
        to certificate: Certificate?,
        now: Date
    ) throws
    /// Writes a sealed post to the list's archive.
    func archive(_ post: SealedPost, of list: MailingList.ID) throws
    /// Writes that the key of everybody in an audience cannot encrypt since a time, where no
    /// earlier time stands.
    func markUnusable(_ audience: AudienceFilter, of list: MailingList.ID, since now: Date) throws

    /// What a delivery is; nil if it was deleted meanwhile.
    func delivery(_ id: Delivery.ID) throws -> DeliveryFacts?
    /// Counts an attempt, and writes when the next one is due, never earlier than `time`.
    func postpone(_ id: Delivery.ID, until time: Date, reason: String) throws
    /// Counts an attempt whose outcome is unknown, and writes when the next one is due.
    func postponeUnknown(_ id: Delivery.ID, until time: Date, reason: String) throws
    /// Takes back what ``PostRecords/beginAttempts(_:)`` has counted.
    func forgetAttempt(_ id: Delivery.ID) throws
    /// Writes that the next attempt is due at a time, unless the delivery waits.
    func setNextAttempt(_ id: Delivery.ID, to time: Date) throws
    /// Counts an attempt, and writes that the delivery waits for the administrator.
    func setWaiting(_ id: Delivery.ID, for wait: Delivery.Wait, reason: String) throws
    /// Deletes a delivery; a post is deleted with its last one.
    func deleteDelivery(_ id: Delivery.ID) throws
    /// Deletes the deliveries of a person of posts of some kinds.
    func deleteDeliveries(of id: Subscriber.ID, kinds: [SealedPost.Kind]) throws
    /// Notes that a post was not forwarded to an address outside, until owners are told.
    func noteUnsent(to address: String, reason: String, of list: MailingList.ID) throws
    /// Notes that a copy did not reach a subscriber, until owners are told.
    ///
    /// A second note of the same waiting copy replaces the first. So does a second note of a
    /// subscriber without a Message-ID: other servers can cause any number of them.
    func noteMissed(
        _ address: String,
        _ copy: MissedCopyFacts,
        of list: MailingList.ID,
        now: Date
    ) throws
}

/// What is noted of a copy that did not reach a subscriber.
public struct MissedCopyFacts: Sendable, Hashable {
    /// Message-ID of the copy; nil if it is not known.
    public let messageID: String?
    /// What the refusing server replied, or what happened.
    public let reason: String
    /// The copy, if it waits for a decision.
    public let delivery: Delivery.ID?
}

/// What ``DeliverySettlement`` must know of a delivery.
public struct DeliveryFacts: Sendable, Hashable {
    /// The list.
    public let list: MailingList.ID
    /// Whose copy it is; nil if it goes to somebody who need not be on the list.
    public let subscriber: Subscriber.ID?
    /// What the post is.
    public let kind: SealedPost.Kind
    /// The one reader that the post names, if it does.
    public let recipient: String?
    /// Message-ID of the post.
    public let messageID: String

    /// Makes the value from what a store holds.
    public init(
        list: MailingList.ID,
        subscriber: Subscriber.ID?,
        kind: SealedPost.Kind,
        recipient: String?,
        messageID: String
    ) {
        self.list = list
        self.subscriber = subscriber
        self.kind = kind
        self.recipient = recipient
        self.messageID = messageID
    }
}
