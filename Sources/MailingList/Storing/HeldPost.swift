public import Foundation
public import SMTP

/// A message that waits for a moderator: as it came, encrypted to the list's key, and
/// signed by nobody.
///
/// It is opened and judged anew when it is released: a key that has been revoked
/// meanwhile is known then.
public struct HeldPost: Sendable, Hashable, Identifiable {
    /// Days until it is dropped, of which the moderators are told before.
    public static let lifetime = 14
    /// Days before that at which they are told.
    public static let warning = 3

    /// The number of its row; 0 before it has one.
    public let id: Int64
    /// The list.
    public let list: MailingList.ID
    /// What speaks against it, the deciding one first.
    public let reasons: [Refusal]
    /// The same for people, without anything of the message.
    public let detail: String
    /// The message itself.
    public private(set) var message: Message
    /// Of the token with which moderators decide.
    public let token: [UInt8]
    /// What only we can make of the rest: whoever writes the store must not change what a
    /// moderator decides about.
    public private(set) var mac: [UInt8] = []

    /// A message as it came, and what was seen on its outside.
    public struct Message: Sendable, Hashable {
        /// The one address in From, if there is exactly one; not proven.
        public let author: EmailAddress?
        /// The octets of the message as received.
        public let size: Int
        /// The time at which it came.
        public let received: Date
        /// The message, encrypted to the list's key.
        public fileprivate(set) var bytes: [UInt8]

        /// Makes the value; `bytes` must be encrypted already.
        public init(author: EmailAddress?, size: Int, received: Date, bytes: [UInt8]) {
            self.author = author
            self.size = size
            self.received = received
            self.bytes = bytes
        }
    }

    /// Makes the value without a ``mac``, which ``authenticated(by:)`` adds.
    public init(
        id: Int64,
        list: MailingList.ID,
        reasons: [Refusal],
        detail: String,
        message: Message,
        token: [UInt8]
    ) {
        self.id = id
        self.list = list
        self.reasons = reasons
        self.detail = detail
        self.message = message
        self.token = token
    }

    /// The one address in From, if there is exactly one; not proven.
    public var author: EmailAddress? { message.author }
    /// The octets of the message as received.
    public var size: Int { message.size }
    /// The time at which it came.
    public var received: Date { message.received }
    /// The message, encrypted to the list's key.
    public var bytes: [UInt8] { message.bytes }

    /// Messages of one list that wait at the most.
    public static let maximumCount = 500
    /// Octets of all of them at the most.
    public static let maximumOctets: Int64 = 1 << 30

    /// The same with what only we can make of it.
    public func authenticated(by mac: [UInt8]) -> Self {
        var post = self
        post.mac = mac
        return post
    }

    /// The same message under another seal, for which ``mac`` is to be made anew.
    public func sealed(bytes: [UInt8]) -> Self {
        var post = authenticated(by: [])
        post.message.bytes = bytes
        return post
    }

    /// Why it is held.
    public var reason: Refusal { reasons.first ?? .moderated }

    /// When it is dropped.
    public var expires: Date {
        received.addingTimeInterval(TimeInterval(Self.lifetime * 86_400))
    }
}
