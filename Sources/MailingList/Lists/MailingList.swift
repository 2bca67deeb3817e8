public import Foundation
public import OpenPGP
public import SMTP

/// A list: an address, a key of its own, and what its owners decided.
public struct MailingList: Sendable, Hashable, Identifiable {
    /// The number of its row, and of the GnuPG home of its secret key.
    public let id: Int64
    /// The posting address, as it was written when the list was made or renamed.
    public private(set) var address: EmailAddress
    /// Other posting addresses, at which it is the same list: what it was called before, too.
    public private(set) var aliases: [EmailAddress]
    /// The identifier of `List-Id`, without brackets, for ever the same.
    ///
    /// - SeeAlso: [RFC 2919 §3](https://www.rfc-editor.org/rfc/rfc2919#section-3)
    public let listID: String
    /// The list's own key, and the key before it.
    public private(set) var key: Key
    /// The time at which it was made.
    public let created: Date
    /// What its owners decided.
    public var settings: ListSettings

    /// The key that a list has now, and the key before it.
    public struct Key: Sendable, Hashable {
        /// The primary fingerprint.
        public let fingerprint: Fingerprint
        /// The number of keys that the list had before.
        public let number: Int
        /// The key before, while something may still be encrypted to it.
        public let previous: PreviousKey?

        /// Makes the value; without a number and a previous key, that of a new list.
        public init(fingerprint: Fingerprint, number: Int = 0, previous: PreviousKey? = nil) {
            self.fingerprint = fingerprint
            self.number = number
            self.previous = previous
        }
    }

    /// Makes a list; without `listID`, with the identifier that a new list has.
    public init(
        id: Int64,
        address: EmailAddress,
        aliases: [EmailAddress] = [],
        listID: String? = nil,
        key: Key,
        created: Date,
        settings: ListSettings
    ) {
        self.id = id
        self.address = address
        self.aliases = aliases
        self.listID = listID ?? Self.listID(of: address)
        self.key = key
        self.created = created
        self.settings = settings
    }

    /// The primary fingerprint of the list's key.
    public var fingerprint: Fingerprint { key.fingerprint }
    /// The number of keys that the list had before this one.
    public var keyNumber: Int { key.number }
    /// The key before this one, while something may still be encrypted to it.
    public var previousKey: PreviousKey? { key.previous }

    /// The octets that a list's name may have.
    ///
    /// A reverse-path is `NAME-bounces+TOKEN`, and a local part has at most 64.
    public static let maximumNameLength =
        EmailAddress.maximumLocalPartLength - "-bounces+".utf8.count - AddressToken.length

    /// Other addresses that a list may have: each is a row in Postfix's table, with its roles.
    public static let maximumAliases = 20

    /// The identifier that a new list at this address has.
    ///
    /// - SeeAlso: [RFC 2919 §2](https://www.rfc-editor.org/rfc/rfc2919#section-2)
    public static func listID(of address: EmailAddress) -> String {
        address.key.replacing("@", with: ".")
    }

    /// The address of one of the list's roles.
    public func address(of role: ListRole) -> EmailAddress {
        ListAddress(list: address, role: role).address
    }

    /// Every posting address, that in force first.
    public var addresses: [EmailAddress] { [address] + aliases }

    /// Whether an address is the list's in one of these roles, with an extension or without.
    public func isAddress(_ address: EmailAddress, of roles: Set<ListRole>) -> Bool {
        ListAddress.candidates(for: address).contains {
            roles.contains($0.role) && addresses.contains($0.list)
        }
    }

    /// Every address of one of the list's roles.
    public func addresses(of role: ListRole) -> [EmailAddress] {
        addresses.map { ListAddress(list: $0, role: role).address }
    }

    /// Whether an address is one of the list's, in whatever role.
    public func owns(_ address: EmailAddress) -> Bool {
        ListAddress.candidates(for: address).contains { addresses.contains($0.list) }
    }
}

/// A key that another has taken the place of.
public struct PreviousKey: Sendable, Hashable {
    /// The primary fingerprint.
    public let fingerprint: Fingerprint
    /// Whether mail that is encrypted to it is still taken; not if it was revoked.
    public let opensMail: Bool
    /// When its secret half is destroyed.
    public let ends: Date

    /// Puts them side by side.
    public init(fingerprint: Fingerprint, opensMail: Bool, ends: Date) {
        self.fingerprint = fingerprint
        self.opensMail = opensMail
        self.ends = ends
    }
}

extension MailingList {
    /// The same list after another key has taken the place of its own.
    public func replacing(
        key next: Fingerprint,
        opensMail: Bool,
        until ends: Date
    ) -> MailingList {
        var list = self
        list.key = Key(
            fingerprint: next,
            number: keyNumber + 1,
            previous: PreviousKey(fingerprint: fingerprint, opensMail: opensMail, ends: ends)
        )
        return list
    }

    /// The same list at another address; what it was called before is an alias.
    public func renamed(to address: EmailAddress) -> MailingList {
        var list = self
        list.address = address
        list.aliases = [self.address] + aliases.filter { $0 != address }
        return list
    }

    /// The same list, as it takes mail at a time: a key whose end has come opens none, though
    /// it is not destroyed yet.
    public func taking(at now: Date) -> MailingList {
        guard let previousKey, previousKey.opensMail, previousKey.ends <= now else { return self }
        return opening(false)
    }

    /// The same list, for a message that came before its key was replaced.
    public var beforeReplacement: MailingList { opening(true) }

    private func opening(_ opensMail: Bool) -> MailingList {
        guard let previousKey else { return self }
        var list = self
        list.key = Key(
            fingerprint: fingerprint,
            number: keyNumber,
            previous: PreviousKey(
                fingerprint: previousKey.fingerprint,
                opensMail: opensMail,
                ends: previousKey.ends
            )
        )
        return list
    }

    /// Keys that somebody who writes to the list may have encrypted to.
    public var keys: [Fingerprint] {
        [fingerprint] + [previousKey].compactMap { $0?.opensMail == true ? $0?.fingerprint : nil }
    }
}
