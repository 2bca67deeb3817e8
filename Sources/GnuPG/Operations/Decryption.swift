import CGPGME
import OpenPGP

/// How one decryption ended, as values, before anybody has judged it.
struct Decryption: Sendable {
    struct Recipient: Sendable, Hashable {
        /// Sixteen hexadecimal digits; zeros if hidden.
        let keyID: String
        /// Zero unless its secret key was sought and not found.
        let status: OpenPGPError.Code
    }

    /// GPGME's return code, 0 for success, which alone says nothing.
    var code: OpenPGPError.Code
    /// gpg's exit status; nil if it died without one.
    var exit: Int?
    /// Whether gpg was stopped because it wrote too much.
    var isOverLimit = false
    /// One for each PKESK that gpg met.
    var recipients: [Recipient] = []
    /// Primary fingerprint of the key that yielded a session key.
    var openedBy: String?
    /// Why the agent failed, each time that it did.
    var keyFailures: [OpenPGPError.Code] = []
    /// `AES256.CFB`, for instance.
    var cipher = ""
    /// Whether anything about the encryption itself is unacceptable.
    var isUnsound = false
    var sessionKey: String?
    var signatures: [SignatureResult] = []
    /// What gpg wrote.
    ///
    /// Only ``DecryptionJudgement`` decides whether it is used.
    var plaintext: [UInt8] = []
}

extension GPGMEContext {
    /// Decrypts, and with `GPGME_DECRYPT_VERIFY` checks signatures too.
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
