package import SMTP

/// What a list is made of.
package struct NewList: Sendable {
    /// An owner, and the file with their public key.
    package struct Owner: Sendable {
        /// The address.
        package let address: EmailAddress
        /// The public key.
        package let key: KeyFile

        /// Combines the two.
        package init(address: EmailAddress, key: KeyFile) {
            self.address = address
            self.key = key
        }
    }

    /// The posting address.
    package let address: EmailAddress
    /// The first owners; at least one.
    package let owners: [Owner]
    /// The name that mail programs show beside the address.
    package let displayName: String
    /// Where the list's key comes from.
    package let key: ListKeySource

    /// Describes a list that does not exist yet.
    package init(
        address: EmailAddress,
        owners: [Owner],
        displayName: String = "",
        key: ListKeySource = .curve25519
    ) {
        self.address = address
        self.owners = owners
        self.displayName = displayName
        self.key = key
    }
}

/// A list that was made.
package struct CreatedList: Sendable, Hashable, Encodable {
    /// The posting address.
    package let address: String
    /// The primary fingerprint of the list's key.
    package let fingerprint: String
    /// The file with the certificate that revokes the key.
    package let revocationCertificate: String
}
