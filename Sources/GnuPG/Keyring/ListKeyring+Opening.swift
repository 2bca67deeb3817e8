import CGPGME
public import OpenPGP

extension ListKeyring {
    /// Decrypts a message and keeps its signatures, to be verified later.
    ///
    /// - Parameters:
    ///   - message: Binary packets.
    ///   - scan: The scan of the same packets.
    ///   - limit: The largest result in octets.
    /// - Returns: The packets inside, which must be scanned again, or why it does not open: that
    ///   is the sender's fault only if ``check()`` succeeds afterwards.
    /// - Throws: ``OpenPGPError`` for what is certainly a failure of ours: no agent, no memory,
    ///   no key file.
    public func unwrap(
        _ message: [UInt8],
        scan: EncryptedMessageScan,
        limit: Int
    ) throws(OpenPGPError) -> Result<[UInt8], OpenRefusal> {
        let own = try ownKeys()
        let recipients = scan.recipients.map(\.description)
        // A message without a recipient that could be this list is not given to the agent.
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
            // With hidden recipients, "not for us" and "our key is missing" look the same.
            if refusal == .notForUs { try check() }
            return .failure(refusal)
        }
    }

    /// Decrypts a sealed post and exports its session key.
    ///
    /// - Parameters:
    ///   - sealed: The result of ``seal(_:signed:)``.
    ///   - limit: The largest plaintext in octets.
    ///   - requireSignature: False for a held post, which the list has not signed because
    ///     nobody has approved it.
    /// - Returns: The plaintext, and the session key that encrypts it.
    /// - Throws: ``OpenPGPError/Code/forgery`` unless the post has exactly one good signature,
    ///   made by the list's own key: somebody who can write to the store must not be able to
    ///   plant a post. With `requireSignature` false it must have no signature.
    ///   ``OpenPGPError/Code/timeConflict`` if gpg cannot use the list's own key now. Other
    ///   codes if gpg fails.
    public func open(
        sealed: [UInt8],
        limit: Int,
        requireSignature: Bool = true
    ) throws(OpenPGPError) -> (plaintext: [UInt8], sessionKey: SessionKey) {
        do {
            return try opened(sealed: sealed, limit: limit, requireSignature: requireSignature)
        } catch {
            // A broken engine must not accuse somebody of a forgery.
            if error.isForgery { try check() }
            throw error
        }
    }

    private func opened(
        sealed: [UInt8],
        limit: Int,
        requireSignature: Bool
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
        // With a clock that was set back gpg does not use a young key, and checks nothing.
        // That says nothing about the post.
        let isUnchecked = decryption.signatures.contains { signature in
            signature.status == .badPublicKey
                && own.fingerprints.contains { $0.hasSuffix(signature.signer) }
        }
        guard !isUnchecked else { throw OpenPGPError(.timeConflict, .open) }
        guard decryption.signatures.count == expected,
            decryption.signatures.allSatisfy({ $0.isGood(by: own.fingerprints) })
        else { throw OpenPGPError(.forgery, .open) }
        guard let sessionKey = decryption.sessionKey.flatMap(SessionKey.init(gnupg:)) else {
            throw OpenPGPError(.engineInconsistent, .open)
        }
        return (decryption.plaintext, sessionKey)
    }

    /// Whether a message is encrypted to a key of this home; false if it is malformed.
    ///
    /// - Throws: ``OpenPGPError`` if gpg fails.
    public func isAddressed(by message: [UInt8]) throws(OpenPGPError) -> Bool {
        guard let scan = try? EncryptedMessageScan(message) else { return false }
        let own = try allKeyIDs()
        return scan.recipients.contains { own.contains($0.description) }
    }

    /// Seals and opens a test message, and throws if the secret key cannot do both.
    func probe() throws(OpenPGPError) {
        let text = Array("probe".utf8)
        let opened = try opened(
            sealed: seal(text, signed: true),
            limit: 1024,
            requireSignature: true
        )
        guard opened.plaintext == text else { throw OpenPGPError(.unusableKey, .open) }
    }
}
