import CGPGME
public import OpenPGP

extension ListKeyring {
    /// Octets that encryption may add to a text: packet headers, one PKESK, one
    /// signature, and a length octet for each partial chunk.
    private static let overhead = 1 << 16

    /// Encrypts to the list's own key, and with `signed` signs first.
    ///
    /// - Returns: one PKESK and one SEIPD packet, AES-256, not compressed.
    ///
    /// Throws if the engine fails, or did not do what it was told.
    public func seal(_ plaintext: [UInt8], signed: Bool) throws(OpenPGPError) -> [UInt8] {
        let own = try ownKeys()
        let sealed = try slots.run { () throws(OpenPGPError) in
            try directory.context(.seal).encrypt(
                plaintext,
                as: signed ? .signedText : .text,
                to: own.encryptionSubkey,
                signer: own.fingerprints,
                limit: Self.sealedLimit(for: plaintext)
            )
        }
        try Self.check(sealed, isFor: own.encryptionSubkey, .seal)
        return sealed
    }

    /// Encrypts a sealed post for one subscriber through the engine, with the
    /// list's signature as it is.
    ///
    /// For keys that no PKESK can be written for here: ElGamal, brainpool,
    /// secp256k1. Slower than that, with a SEIPD packet of its own.
    ///
    /// - Returns: the message, or why there is none for this certificate: whatever
    ///   a subscriber's key does to the engine must not stop the copies of others.
    /// - Throws: what is the list's own: a forged post, its key, its engine.
    public func rewrap(
        sealed: [UInt8],
        for certificate: Certificate,
        homes: CertificateHomes
    ) throws(OpenPGPError) -> Result<[UInt8], RewrapRefusal> {
        guard let subkey = certificate.encryptionSubkey else { return .failure(.keyUnusable) }
        let scan: EncryptedMessageScan
        do { scan = try EncryptedMessageScan(sealed) } catch {
            throw OpenPGPError(.forgery, .rewrap)
        }
        // Sealed without compression: what is inside is never larger.
        switch try unwrap(sealed, scan: scan, limit: sealed.count + Self.overhead) {
        case .failure: throw OpenPGPError(.forgery, .rewrap)
        case .success(let inside):
            do {
                let wrapped = try homes.encrypt(
                    inside,
                    as: .message,
                    for: subkey,
                    of: certificate.bytes,
                    limit: Self.sealedLimit(for: inside)
                )
                try Self.check(wrapped, isFor: subkey, .rewrap)
                return .success(wrapped)
            } catch {
                // A recipient who is not found may be a home that was emptied just now.
                return .failure(
                    error.code.isOfPublicKey && error.code != .unusablePublicKey
                        ? .keyUnusable : .failed(error)
                )
            }
        }
    }

    private static func sealedLimit(for plaintext: [UInt8]) -> Int {
        plaintext.count + plaintext.count / 64 + overhead
    }

    // Whoever else the engine was told to encrypt to would read every post.
    private static func check(
        _ sealed: [UInt8],
        isFor key: Fingerprint,
        _ operation: OpenPGPError.Operation
    ) throws(OpenPGPError) {
        guard let scan = try? EncryptedMessageScan(sealed), scan.recipients == [key.keyID] else {
            throw OpenPGPError(.engineInconsistent, operation)
        }
    }
}

/// Why there is no copy for one subscriber.
public enum RewrapRefusal: Error, Sendable, Hashable {
    /// Nothing can be encrypted to her key.
    case keyUnusable
    /// The engine did not do it this time.
    case failed(OpenPGPError)
}
