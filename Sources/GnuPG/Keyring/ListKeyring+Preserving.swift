import CGPGME
public import OpenPGP

/// Keeps messages as their authors signed and encrypted them, to be distributed unchanged.
extension ListKeyring {
    /// A message reduced to the list as its only recipient, to be stored.
    ///
    /// - Parameters:
    ///   - message: Binary packets that the list's key has decrypted.
    ///   - scan: The scan of the same packets.
    /// - Returns: One session-key packet and the author's own SEIPD packet. Nil if the message
    ///   has another encrypted packet, which not every program reads, or if more than one
    ///   session-key packet may be the list's.
    /// - Throws: ``OpenPGPError`` if gpg fails.
    public func preserved(
        _ message: [UInt8],
        scan: EncryptedMessageScan
    ) throws(OpenPGPError) -> [UInt8]? {
        guard scan.kind == .integrityProtected else { return nil }
        return scan.message(for: try ownKeys().keyIDs, in: message)
    }

    /// The session key of a preserved message.
    ///
    /// - Parameters:
    ///   - message: The result of ``preserved(_:scan:)``.
    ///   - limit: The largest plaintext in octets.
    /// - Returns: The session key.
    /// - Throws: ``OpenPGPError/Code/forgery`` if it is not such a message, and other codes if
    ///   gpg fails. The list has not signed the message, so the caller must check that nobody
    ///   has replaced it.
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

    /// A preserved message of the previous list key, encrypted to this key, with the same SEIPD
    /// packet.
    ///
    /// - Parameters:
    ///   - message: The result of ``preserved(_:scan:)`` of the previous keyring.
    ///   - previous: The keyring with the previous key.
    ///   - limit: The largest plaintext in octets.
    /// - Returns: One session-key packet for this key, and the SEIPD packet.
    /// - Throws: ``OpenPGPError`` as ``sessionKey(of:limit:)`` does, and ``RekeyingError`` if
    ///   no session-key packet can be made for this key.
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
