public import Foundation
public import OpenPGP
public import SMTP

/// A person who is not on the list, with the key that the owners have bound to their address.
///
/// Names in a key never choose it: an owner binds one key to one address.
public struct ExternalContact: Sendable, Hashable {
    /// The address that mail to them goes to.
    public let address: EmailAddress
    /// What it is encrypted to.
    public let certificate: Certificate
    /// When it was bound.
    public let bound: Date

    /// Puts them side by side.
    public init(address: EmailAddress, certificate: Certificate, bound: Date) {
        self.address = address
        self.certificate = certificate
        self.bound = bound
    }
}

/// A post that was to go on to somebody outside, and did not.
public struct Unsent: Sendable, Hashable, Identifiable {
    /// The number of its row.
    public let id: Int64
    /// Of which list.
    public let list: MailingList.ID
    /// To whom.
    public let address: String
    /// Why not.
    public let reason: String

    /// Puts them side by side.
    public init(id: Int64, list: MailingList.ID, address: String, reason: String) {
        self.id = id
        self.list = list
        self.address = address
        self.reason = reason
    }
}
