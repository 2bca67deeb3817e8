public import Foundation
public import OpenPGP
public import SMTP

/// Somebody who is not on a list, and the key that its owners know of her.
///
/// Names in a key never choose it: an owner binds one key to one address.
public struct Outsider: Sendable, Hashable {
    /// Where mail to her goes.
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
