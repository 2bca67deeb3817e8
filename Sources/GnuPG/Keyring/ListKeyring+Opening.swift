import CGPGME
public import OpenPGP

extension ListKeyring {
    /// Removes the encryption of a message and leaves the signatures inside.
    ///
    /// - Parameters:
    ///   - message: binary packets.
    ///   - scan: what a scan found in the same packets.
    ///   - limit: octets that may come out.
    /// - Returns: the packets inside, to be scanned again, or what the sender did
    ///   wrong.
    /// - Throws: what is our own failure: no agent, no memory, no key file.
    public func unwrap(
        _ message: [UInt8],
        scan: EncryptedMessageScan,
        limit: Int
    ) throws(OpenPGPError) -> Result<[UInt8], OpenRefusal> {
        let own = try ownKeys()
        let recipients = scan.recipients.map(\.description)
        // Nothing that is for others, or for nobody, reaches the key.
        let isNamed = recipients.contains(where: own.keyIDs.contains)
        guard isNamed || scan.recipients.contains(where: \.isHidden) else {
            return .failure(.notForUs)
        }
        let decryption = try slots.run { () throws(OpenPGPError) in
            try directory.context(.unwrap)
                .decrypt(message, flags: GPGME_DECRYPT_UNWRAP, limit: limit)
        }
        let judgement = DecryptionJudgement(
            decryption,
            recipients: recipients,
            own: own.keyIDs,
            primary: fingerprint.description
        )
        switch judgement {
        case .plaintext: return .success(decryption.plaintext)
        case .failed(let code): throw OpenPGPError(code, .unwrap)
        case .refused(let refusal):
            // To hidden recipients "not for us" and "our key is gone" look alike.
            if refusal == .notForUs { try probe() }
            return .failure(refusal)
        }
    }

    /// Decrypts what the list sealed, and gives its session key.
    ///
    /// - Parameters:
    ///   - sealed: what ``seal(_:signed:)`` gave.
    ///   - limit: octets that may come out.
    ///   - requireSignature: false for a post that is held, which nobody has
    ///     approved and the list therefore has not signed.
    /// - Returns: the text, and the key that encrypts it.
    /// - Throws: ``OpenPGPError/Code/forgery`` unless exactly the list's own key has
    ///   made one good signature over it: whoever can write the store must not be
    ///   able to plant a post.
    public func open(
        sealed: [UInt8],
        limit: Int,
        requireSignature: Bool = true
    ) throws(OpenPGPError) -> (plaintext: [UInt8], sessionKey: SessionKey) {
        let own = try ownKeys()
        guard let scan = try? EncryptedMessageScan(sealed), scan.recipients.count == 1 else {
            throw OpenPGPError(.forgery, .open)
        }
        let flags = GPGME_DECRYPT_VERIFY
        let decryption = try slots.run { () throws(OpenPGPError) in
            try directory.context(.open)
                .decrypt(sealed, flags: flags, limit: limit, exportsSessionKey: true)
        }
        try DecryptionJudgement(
            decryption,
            recipients: scan.recipients.map(\.description),
            own: own.keyIDs,
            primary: fingerprint.description
        ).checkOwn()
        let expected = requireSignature ? 1 : 0
        guard decryption.signatures.count == expected,
            decryption.signatures.allSatisfy({ $0.isGood(by: own.fingerprints) })
        else { throw OpenPGPError(.forgery, .open) }
        guard let sessionKey = decryption.sessionKey.flatMap(SessionKey.init(gnupg:)) else {
            throw OpenPGPError(.engineInconsistent, .open)
        }
        return (decryption.plaintext, sessionKey)
    }

    /// Whether something is encrypted to a key of the home.
    ///
    /// Throws if the engine fails.
    public func isAddressed(by message: [UInt8]) throws(OpenPGPError) -> Bool {
        guard let scan = try? EncryptedMessageScan(message) else { return false }
        let own = try allKeyIDs()
        return scan.recipients.contains { own.contains($0.description) }
    }

    /// Throws unless the secret key signs and decrypts.
    func probe() throws(OpenPGPError) {
        let text = Array("probe".utf8)
        guard try open(sealed: seal(text, signed: true), limit: 1024).plaintext == text else {
            throw OpenPGPError(.unusableKey, .open)
        }
    }
}
