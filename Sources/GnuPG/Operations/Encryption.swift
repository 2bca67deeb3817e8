import CGPGME
import OpenPGP

extension GPGMEContext {
    /// The form of the input of an encryption.
    enum Encryption {
        /// A text, which gpg puts into a literal packet.
        case text
        /// A text, which gpg signs with the only secret key of the home.
        case signedText
        /// An OpenPGP message, which gpg encrypts as it is.
        case message
    }

    /// Encrypts to exactly one key.
    ///
    /// The key is named by the fingerprint of the subkey, so that gpg cannot choose another.
    consuming func encrypt(
        _ bytes: [UInt8],
        as encryption: Encryption,
        to key: Fingerprint,
        signer: Set<String> = [],
        limit: Int
    ) throws(OpenPGPError) -> [UInt8] {
        let input = try GPGMEInput(bytes, operation)
        let output = try GPGMEOutput(limit: limit, operation)
        // One recipient on each line; "--" ends the options, "!" selects exactly this subkey.
        let recipients = "--\n\(key)!\n"
        let always: [gpgme_encrypt_flags_t] = [
            GPGME_ENCRYPT_ALWAYS_TRUST, GPGME_ENCRYPT_NO_ENCRYPT_TO, GPGME_ENCRYPT_NO_COMPRESS,
        ]
        var flags = always.reduce(0) { $0 | $1.rawValue }
        let result: gpgme_error_t
        switch encryption {
        case .message:
            flags |= GPGME_ENCRYPT_WRAP.rawValue
            fallthrough
        case .text:
            unsafe result = gpgme_op_encrypt_ext(
                pointer,
                nil,
                recipients,
                gpgme_encrypt_flags_t(flags),
                input.pointer,
                output.pointer
            )
        case .signedText:
            unsafe result = gpgme_op_encrypt_sign_ext(
                pointer,
                nil,
                recipients,
                gpgme_encrypt_flags_t(flags),
                input.pointer,
                output.pointer
            )
        }
        if let code = status.keyFailures.first { throw OpenPGPError(code, operation) }
        guard !output.isOverLimit else { throw OpenPGPError(.outputTooLarge, operation) }
        try checkEnd(result)
        if case .signedText = encryption { try checkSignature(by: signer) }
        return output.take()
    }

    func checkSignature(by signer: Set<String>) throws(OpenPGPError) {
        guard let result = unsafe gpgme_op_sign_result(pointer)?.pointee,
            let signature = unsafe result.signatures?.pointee,
            unsafe signature.next == nil, unsafe result.invalid_signers == nil,
            let fingerprint = unsafe signature.fpr,
            unsafe signer.contains(String(cString: fingerprint)),
            unsafe HashAlgorithm(signature.hash_algo) != .weak
        else { throw OpenPGPError(.engineInconsistent, operation) }
    }
}
