import CGPGME
public import Foundation
import OpenPGP

extension ListKeyring {
    /// When the primary key or the last encryption subkey expires, whichever is first; nil if
    /// never.
    ///
    /// - Throws: ``OpenPGPError/Code/unusableKey`` if the home does not have the key, and other
    ///   codes if gpg fails.
    public func expires() throws(OpenPGPError) -> Date? {
        let listings = try directory.publicContext(.open).listKeys()
        guard let own = listings.first(where: { $0.keys[0].fingerprint == fingerprint.description })
        else { throw OpenPGPError(.unusableKey, .open) }
        let encryption = own.keys.filter { $0.canEncrypt && !$0.isRevoked }
        let ends = encryption.contains { $0.expires == nil } ? [] : encryption.compactMap(\.expires)
        return [own.keys[0].expires, ends.max()].compactMap(\.self).min()
    }

    /// Changes the time at which the key and its subkeys expire.
    ///
    /// - Parameters:
    ///   - end: The new time, a second from now or later; nil for never.
    ///   - now: The current time.
    /// - Throws: ``OpenPGPError/Code/invalidValue`` if the time is past, or later than OpenPGP
    ///   can say; other codes if gpg fails, and some of the keys may then have the new time.
    /// - SeeAlso: [RFC 9580 §5.2.3.13](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3.13)
    public func setExpiry(_ end: Date?, now: Date) throws(OpenPGPError) {
        // For GPGME 0 seconds mean never, and the format has 32 bits for them.
        let seconds = end.map { UInt(exactly: $0.timeIntervalSince(now).rounded(.down)) } ?? 0
        guard let seconds, end == nil || (1...UInt(UInt32.max)).contains(seconds) else {
            throw OpenPGPError(.invalidValue, .renewKey)
        }
        for subkeys in [nil, "*"] as [String?] {
            let context = try directory.context(.renewKey)
            let key = try GPGMEKey(fingerprint, in: context)
            try context.check(
                unsafe gpgme_op_setexpire(context.pointer, key.pointer, seconds, subkeys, 0)
            )
        }
        try probe()
        try directory.sync()
    }

    /// The public key with its revocation, for everybody who has the key.
    ///
    /// - Returns: Binary packets. The key in the home is not revoked, because it must still
    ///   decrypt the sealed posts of the list.
    /// - Throws: ``OpenPGPError`` if gpg fails or the revocation is not valid.
    public func revokedPublicKey() throws(OpenPGPError) -> [UInt8] {
        let key = try publicKey()
        guard
            let revocation = try? Armor.dearmor(revocationCertificate(), kind: .publicKey),
            let revoked = try? CertificateMerge.add(revocation: revocation, to: key)
        else { throw OpenPGPError(.engineInconsistent, .exportKey) }
        return revoked
    }
}
