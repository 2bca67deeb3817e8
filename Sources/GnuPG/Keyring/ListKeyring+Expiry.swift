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
    ///   - end: The new time; nil for never.
    ///   - now: The current time.
    /// - Throws: ``OpenPGPError`` if gpg fails; some of the keys may then have the new time.
    public func setExpiry(_ end: Date?, now: Date) throws(OpenPGPError) {
        let seconds = UInt(max(0, end?.timeIntervalSince(now) ?? 0))
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
