import CGPGME
import OpenPGP

extension ListKeyring {
    /// Octets of an armored signature: RSA with 8192 bits has some 1,500.
    private static let maximumSignature = 16 << 10

    /// Signs octets that are sent as they are, beside them.
    ///
    /// - Returns: the signature in armor, made with SHA-256.
    ///
    /// Throws if the engine fails, or signed with another key.
    /// - SeeAlso: [RFC 3156 §5](https://www.rfc-editor.org/rfc/rfc3156#section-5)
    public func sign(_ content: [UInt8]) throws(OpenPGPError) -> [UInt8] {
        let own = try ownKeys()
        let signature = try slots.run { () throws(OpenPGPError) in
            try directory.context(.sign)
                .sign(content, by: own.fingerprints, limit: Self.maximumSignature)
        }
        guard (try? DetachedSignatureScan(signature))?.signatureCount == 1 else {
            throw OpenPGPError(.engineInconsistent, .sign)
        }
        return Armor.armor(signature, kind: .signature)
    }
}

extension GPGMEContext {
    fileprivate consuming func sign(
        _ content: [UInt8],
        by signer: Set<String>,
        limit: Int
    ) throws(OpenPGPError) -> [UInt8] {
        let input = try GPGMEInput(content, operation)
        let output = try GPGMEOutput(limit: limit, operation)
        let result = unsafe gpgme_op_sign(
            pointer,
            input.pointer,
            output.pointer,
            GPGME_SIG_MODE_DETACH
        )
        guard !output.isOverLimit else { throw OpenPGPError(.outputTooLarge, operation) }
        try checkEnd(result)
        try checkSignature(by: signer)
        return output.take()
    }
}
