import CGPGME
public import OpenPGP

extension ListKeyring {
    /// The octets that encryption may add: packet headers, one PKESK, one signature, and one
    /// length octet for each partial length.
    private static let overhead = 1 << 16

    /// Encrypts to the list's own key, and signs first if `signed` is true.
    ///
    /// - Parameters:
    ///   - plaintext: The octets to encrypt.
    ///   - signed: Whether the list's key signs them.
    /// - Returns: One PKESK and one SEIPD packet, with AES-256, not compressed.
    /// - Throws: ``OpenPGPError`` if gpg fails, or if it encrypted or signed with another key.
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

    /// Encrypts a sealed post for one subscriber with gpg, and keeps the list's signature.
    ///
    /// It is for keys for which we cannot make a session-key packet: ElGamal, brainpool,
    /// secp256k1. It is slower, and the copy has a SEIPD packet of its own.
    ///
    /// - Parameters:
    ///   - sealed: The sealed post.
    ///   - certificate: The subscriber's certificate.
    ///   - homes: The homes in which gpg encrypts to the certificate.
    /// - Returns: The message, or the reason why there is none for this certificate: a
    ///   subscriber's key that makes gpg fail must not stop the copies of the others.
    /// - Throws: ``OpenPGPError`` if the post is forged, or if the list's key or gpg fails.
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
        // The post was sealed without compression, so its content is never larger.
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
                // gpg also reports a missing recipient if the home was emptied just now.
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

    // An additional recipient could read every post, so the recipients are checked.
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

/// Why there is no copy of a post for one subscriber.
public enum RewrapRefusal: Error, Sendable, Hashable {
    /// Nothing can be encrypted to the subscriber's key.
    case keyUnusable
    /// gpg failed this time; another attempt may succeed.
    case failed(OpenPGPError)
}
