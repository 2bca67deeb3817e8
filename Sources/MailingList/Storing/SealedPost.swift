public import Foundation
public import SMTP

/// A message in the only form in which it is ever stored.
public struct SealedPost: Sendable, Hashable {
    /// What kind of mail the copies are.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A post, from the list's address.
        case post
        /// A post that came in clear, signed by the list, and in clear again: its owners
        /// said so.
        case clearPost = "clear-post"
        /// Mail to the owners, or a report to them, from `LIST-request`.
        case ownerMail = "owner-mail"
        /// Word without content to owners who can read nothing else.
        case summons
        /// An answer to one person, encrypted to their key.
        case answer
        /// An answer to one person of whom no key is known: signed, and in clear.
        case clearAnswer = "clear-answer"
        /// A post that goes on to somebody outside, from the list, encrypted to that person's key.
        case resent
        /// The same, signed, and in clear: its author said so.
        case clearResent = "clear-resent"

        /// Whether it leaves in clear.
        public var isClear: Bool {
            self == .clearPost || self == .clearAnswer || self == .clearResent
        }

        /// Whether it is a post, for all subscribers.
        public var isPost: Bool { self == .post || self == .clearPost }
    }

    /// A random name that stands inside the list's signature too, so that
    /// nobody who can write the database can plant another message here.
    public let identifier: String
    /// What it is.
    public let kind: Kind
    /// Message-ID of every copy, with its angle brackets.
    public let messageID: String
    /// When it was sealed: Date of every copy, and the signature's time.
    public let date: Date
    /// The lists it has passed, this one included: X-Loop of every copy.
    public let loops: [String]
    /// The one person who reads it, if it is an answer.
    public let recipient: EmailAddress?
    /// Message-ID of the mail that it answers.
    public var answering: String?
    /// The author, if From of the copies names the author and not the list.
    public var author: EmailAddress?
    /// What only this host can have made of it, if the list has not signed it.
    public var mac: [UInt8]?
    /// An OpenPGP message to the list's own key: one PKESK and one SEIPD packet.
    ///
    /// Empty for a summons. What leaves in clear is opened then: an answer has a token in it,
    /// which the store must not have.
    public private(set) var bytes: [UInt8]

    /// Makes a post that answers no mail, names no author, and that the list has signed.
    public init(
        identifier: String,
        kind: Kind,
        messageID: String,
        date: Date,
        loops: [String],
        recipient: EmailAddress? = nil,
        bytes: [UInt8]
    ) {
        self.identifier = identifier
        self.kind = kind
        self.messageID = messageID
        self.date = date
        self.loops = loops
        self.recipient = recipient
        self.bytes = bytes
    }

    /// The same with what was sealed.
    public func sealed(bytes: [UInt8], mac: [UInt8]? = nil) -> Self {
        var post = self
        post.bytes = bytes
        post.mac = mac
        return post
    }
}
