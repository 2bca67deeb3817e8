public import Foundation
public import OpenPGP
public import SMTP

/// A person on a list: an address, a confirmed key, and their roles.
public struct Subscriber: Sendable, Hashable, Identifiable {
    /// What an address may do; one may hold several.
    public struct Roles: OptionSet, Sendable, Hashable {
        /// The bits, as the store keeps them.
        public let rawValue: Int
        /// Takes the bits from the store.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Gets every post and may post.
        public static let subscriber = Self(rawValue: 1)
        /// Runs the list: gets what is sent to `LIST-owner` and every notice.
        public static let owner = Self(rawValue: 2)

        /// Decides who is let in, and which held posts go on.
        public static let moderator = Self(rawValue: 4)
        /// May post, and gets nothing.
        public static let nonmember = Self(rawValue: 8)

        /// Those who decide.
        public static let deciders: Self = [.owner, .moderator]
        /// Those who may post.
        public static let authors: Self = [.subscriber, .nonmember]

        /// The words for them, in a fixed order.
        public static let named: [(name: String, role: Self)] = [
            ("subscriber", .subscriber), ("owner", .owner), ("moderator", .moderator),
            ("nonmember", .nonmember),
        ]

        /// The words for those that are there.
        public var names: [String] { Self.named.filter { contains($0.role) }.map(\.name) }
    }

    /// Whether copies are made for them.
    public enum Delivery: String, Sendable, Hashable, CaseIterable {
        /// Every post.
        case active
        /// None until somebody resumes it.
        case suspended
    }

    /// The number of the row.
    public let id: Int64
    /// The list.
    public let list: MailingList.ID
    /// The address that copies go to.
    public let address: EmailAddress
    /// What they may do.
    public var roles: Roles
    /// The confirmed certificate, without which they receive nothing and may not post.
    public var certificate: Certificate?
    /// Whether copies are made for them.
    public var delivery: Delivery = .active
    /// The time since which the key cannot encrypt, if a post was not sent for that reason.
    public var unusableSince: Date?
    /// Whether their posts wait for a moderator.
    public var isModerated = false
    /// The time since which bounces have stopped the copies, if they have.
    public var bouncedSince: Date?
    /// The token in the reverse-path of their copies, which never changes.
    public let token: AddressToken
    /// The time at which they were added.
    public let created: Date

    /// Makes a subscriber with active delivery, who is not moderated.
    public init(
        id: Int64,
        list: MailingList.ID,
        address: EmailAddress,
        roles: Roles,
        certificate: Certificate?,
        token: AddressToken,
        created: Date
    ) {
        self.id = id
        self.list = list
        self.address = address
        self.roles = roles
        self.certificate = certificate
        self.token = token
        self.created = created
    }
}

extension Subscriber.Roles: LosslessStringConvertible {
    /// Reads words with commas between them, or `none`; nil if one is unknown or there
    /// twice.
    public init?(_ text: String) {
        self = []
        guard text != "none" else { return }
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = word.drop { $0 == " " }
            guard let role = Self.named.first(where: { $0.name == name })?.role,
                insert(role).inserted
            else { return nil }
        }
    }

    /// The words with commas between them, or `none`.
    public var description: String { isEmpty ? "none" : names.joined(separator: ", ") }
}
