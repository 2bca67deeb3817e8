public import Foundation
public import OpenPGP
public import SMTP

/// A list: an address, a key of its own, and what its owners decided.
public struct MailingList: Sendable, Hashable, Identifiable {
    /// The number of its row, and of the GnuPG home of its secret key.
    public let id: Int64
    /// The posting address, as it was written when the list was made.
    public let address: EmailAddress
    /// The primary fingerprint of the list's key.
    public let fingerprint: Fingerprint
    /// When it was made.
    public let created: Date
    /// What its owners decided.
    public var settings: ListSettings

    /// Makes the value from what a store holds.
    public init(
        id: Int64,
        address: EmailAddress,
        fingerprint: Fingerprint,
        created: Date,
        settings: ListSettings
    ) {
        self.id = id
        self.address = address
        self.fingerprint = fingerprint
        self.created = created
        self.settings = settings
    }

    /// The octets that a list's name may have.
    ///
    /// A reverse-path is `NAME-bounces+TOKEN`, and a local part has at most 64.
    public static let maximumNameLength =
        EmailAddress.maximumLocalPartLength - "-bounces+".utf8.count - AddressToken.length

    /// The identifier of `List-Id`, without brackets, for ever the same.
    ///
    /// - SeeAlso: [RFC 2919 §2](https://www.rfc-editor.org/rfc/rfc2919#section-2)
    public var listID: String { Self.listID(of: address) }

    /// The identifier that a list at this address has.
    public static func listID(of address: EmailAddress) -> String {
        address.key.replacing("@", with: ".")
    }

    /// The address of one of the list's roles.
    public func address(of role: ListRole) -> EmailAddress {
        ListAddress(list: address, role: role).address
    }
}
