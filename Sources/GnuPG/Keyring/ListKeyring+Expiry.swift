import CGPGME
public import Foundation
import OpenPGP

extension ListKeyring {
    /// When the key, or what encrypts to it, ends; nil if never.
    ///
    /// Throws if the engine fails.
    public func expires() throws(OpenPGPError) -> Date? {
        let listings = try directory.publicContext(.open).listKeys()
        guard let own = listings.first(where: { $0.keys[0].fingerprint == fingerprint.description })
        else { throw OpenPGPError(.unusableKey, .open) }
        let encryption = own.keys.filter { $0.canEncrypt && !$0.isRevoked }
        let ends = encryption.contains { $0.expires == nil } ? [] : encryption.compactMap(\.expires)
        return [own.keys[0].expires, ends.max()].compactMap(\.self).min()
    }

    /// Lets the key and its subkeys end at another time, or never.
    ///
    /// - Parameters:
    ///   - end: When; nil for never.
    ///   - now: The time.
    /// - Throws: what the engine fails with; some of the keys may then have the new end.
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
    }

    /// The public key with a revocation of it, for everybody who has it.
    ///
    /// - Returns: binary packets; the home itself keeps the key as it was, since what was
    ///   sealed to it must be opened once more.
    /// - Throws: what the engine fails with.
    public func revokedPublicKey() throws(OpenPGPError) -> [UInt8] {
        let key = try publicKey()
        guard
            let revocation = try? Armor.dearmor(revocationCertificate(), kind: .publicKey),
            let revoked = try? CertificateMerge.add(revocation: revocation, to: key)
        else { throw OpenPGPError(.engineInconsistent, .exportKey) }
        return revoked
    }
}
