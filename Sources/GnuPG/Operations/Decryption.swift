import CGPGME
import OpenPGP

/// The result of one decryption, before ``DecryptionJudgement`` judges it.
struct Decryption: Sendable {
    struct Recipient: Sendable, Hashable {
        /// The key id as 16 hexadecimal digits; all zero for a hidden recipient.
        let keyID: String
        /// Zero, unless gpg looked for the secret key and did not find it.
        let status: OpenPGPError.Code
    }

    /// GPGME's return code; 0 means success, but is not enough to accept the result.
    var code: OpenPGPError.Code
    /// The exit status of gpg; nil if the wrapper did not report one.
    var exit: Int?
    /// Whether gpg wrote more than the limit and was stopped.
    var isOverLimit = false
    /// One recipient for each PKESK that gpg found.
    var recipients: [Recipient] = []
    /// The primary fingerprint of the key that gave the session key.
    var openedBy: String?
    /// The error code of each failed operation of the agent.
    var keyFailures: [OpenPGPError.Code] = []
    /// The cipher and its mode, such as `AES256.CFB`.
    var cipher = ""
    /// Whether gpg reports an unsupported algorithm, a wrong key usage or no integrity check.
    var isUnsound = false
    var sessionKey: String?
    var signatures: [SignatureResult] = []
    /// The octets that gpg wrote.
    ///
    /// They may be used only if ``DecryptionJudgement`` accepts the result.
    var plaintext: [UInt8] = []
}

extension GPGMEContext {
    /// Decrypts a message; with `GPGME_DECRYPT_VERIFY` it verifies signatures too.
    consuming func decrypt(
        _ message: [UInt8],
        flags: gpgme_decrypt_flags_t,
        limit: Int,
        exportsSessionKey: Bool = false
    ) throws(OpenPGPError) -> Decryption {
        if exportsSessionKey {
            status.hasSecret = true
            try check(unsafe gpgme_set_ctx_flag(pointer, "export-session-key", "1"))
        }
        let input = try GPGMEInput(message, operation)
        let output = try GPGMEOutput(limit: limit, operation)
        let result = unsafe gpgme_op_decrypt_ext(pointer, flags, input.pointer, output.pointer)
        var decryption = Decryption(code: OpenPGPError.Code(result), exit: status.exit)
        decryption.isOverLimit = output.isOverLimit
        decryption.openedBy = status.decryptingPrimary
        decryption.keyFailures = status.keyFailures
        if let facts = unsafe gpgme_op_decrypt_result(pointer)?.pointee {
            unsafe decryption.isUnsound =
                facts.unsupported_algorithm != nil || facts.wrong_key_usage != 0
                || facts.legacy_cipher_nomdc != 0
            decryption.cipher = unsafe facts.symkey_algo.map { unsafe String(cString: $0) } ?? ""
            decryption.sessionKey = unsafe facts.session_key.map { unsafe String(cString: $0) }
            var next = unsafe facts.recipients
            while let recipient = unsafe next {
                decryption.recipients.append(
                    Decryption.Recipient(
                        keyID: unsafe recipient.pointee.keyid
                            .map { unsafe String(cString: $0) } ?? "",
                        status: unsafe OpenPGPError.Code(recipient.pointee.status)
                    )
                )
                unsafe next = recipient.pointee.next
            }
        }
        if flags.rawValue & GPGME_DECRYPT_VERIFY.rawValue != 0 {
            decryption.signatures = SignatureResult.all(in: self)
        }
        decryption.plaintext = output.take()
        return decryption
    }
}
