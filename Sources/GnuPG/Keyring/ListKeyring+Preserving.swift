import CGPGME
public import OpenPGP

/// Keeping what an author has signed and encrypted herself, to be given on as it is.
extension ListKeyring {
    /// A message as the list alone needs it, to be stored.
    ///
    /// - Parameters:
    ///   - message: binary packets, which the list's key has opened.
    ///   - scan: what a scan found in the same packets.
    /// - Returns: one session-key packet and the author's own SEIPD packet; nil if everybody
    ///   would not read that packet, or several session-key packets may be the list's.
    /// - Throws: what the engine fails with.
    public func preserved(
        _ message: [UInt8],
        scan: EncryptedMessageScan
    ) throws(OpenPGPError) -> [UInt8]? {
        guard scan.kind == .integrityProtected else { return nil }
        return scan.message(for: try ownKeys().keyIDs, in: message)
    }

    /// The key that a preserved message is encrypted with.
    ///
    /// - Parameters:
    ///   - message: what ``preserved(_:scan:)`` gave.
    ///   - limit: octets that may come out.
    /// - Returns: the key.
    /// - Throws: ``OpenPGPError/Code/forgery`` for what is no such message; that nobody has
    ///   put another in its place, its keeper must know.
    public func sessionKey(
        of message: [UInt8],
        limit: Int
    ) throws(OpenPGPError) -> SessionKey {
        let own = try ownKeys()
        guard let scan = try? EncryptedMessageScan(message), scan.recipients.count == 1 else {
            throw OpenPGPError(.forgery, .open)
        }
        let decryption = try slots.run { () throws(OpenPGPError) in
            try directory.context(.unwrap).decrypt(
                message,
                flags: GPGME_DECRYPT_UNWRAP,
                limit: limit,
                exportsSessionKey: true
            )
        }
        try DecryptionJudgement(
            decryption,
            recipients: scan.recipients.map(\.description),
            own: own.keyIDs,
            primary: fingerprint.description
        ).checkOwn()
        guard let key = decryption.sessionKey.flatMap(SessionKey.init(gnupg:)) else {
            throw OpenPGPError(.engineInconsistent, .open)
        }
        return key
    }

    /// A preserved message of the key before, encrypted to this one: the same SEIPD packet.
    ///
    /// Throws ``OpenPGPError`` as ``sessionKey(of:limit:)`` does, and ``RekeyingError`` if
    /// nothing can be encrypted to the list's own key here.
    public func preserved(
        _ message: [UInt8],
        of previous: ListKeyring,
        limit: Int
    ) throws -> [UInt8] {
        let key = try previous.sessionKey(of: message, limit: limit)
        return try SealedMessage(message, sessionKey: key).copy(for: encryptionKey())
    }

    private func encryptionKey() throws -> EncryptionKey {
        let subkey = try ownKeys().encryptionSubkey
        let keys = try CertificateScan(publicKey()).keys
        guard let packet = keys.first(where: { $0.fingerprint == subkey }) else {
            throw OpenPGPError(.unusableKey, .seal)
        }
        return EncryptionKey(packet)
    }
}
