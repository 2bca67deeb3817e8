import CGPGME
import OpenPGP

extension ListKeyring {
    /// The largest signature in octets; with RSA and 8192 bits an armored one has about 1,500.
    private static let maximumSignature = 16 << 10

    /// Makes a detached signature over octets, with the list's key.
    ///
    /// - Parameter content: The octets to sign; they must be sent exactly as they are.
    /// - Returns: The signature in armor, made with SHA-256.
    /// - Throws: ``OpenPGPError`` if gpg fails, or if it signed with another key.
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
