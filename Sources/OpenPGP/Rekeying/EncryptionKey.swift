/// The public key to which a copy is encrypted.
///
/// - SeeAlso: [RFC 9580 §5.1.1](https://www.rfc-editor.org/rfc/rfc9580#section-5.1.1)
public struct EncryptionKey: Sendable, Hashable {
    private enum Kind: Sendable, Hashable {
        case curve25519(Curve25519Recipient)
        case nist(NISTRecipient)
        case rsa(RSARecipient)
        /// ElGamal, brainpool, secp256k1 and all other keys.
        case other
    }

    private let kind: Kind
    /// The key id in the session-key packet.
    public let keyID: KeyID

    /// Reads the packet of a key; it never fails, because GnuPG may support the key.
    public init(_ packet: PublicKeyPacket) {
        keyID = packet.fingerprint.keyID
        switch packet.algorithm {
        case .ecdh:
            kind =
                Curve25519Recipient(packet).map(Kind.curve25519)
                ?? NISTRecipient(packet).map(Kind.nist) ?? .other
        case .rsa, .rsaEncryptOnly: kind = RSARecipient(packet).map(Kind.rsa) ?? .other
        default: kind = .other
        }
    }

    /// Whether we make the session-key packet ourselves; otherwise GnuPG must make the copy.
    public var isNative: Bool { kind != .other }

    /// A session-key packet of version 3, with its header.
    ///
    /// - Throws: ``RekeyingError/notNative`` if ``isNative`` is false, and other cases of
    ///   ``RekeyingError`` if the key is malformed. No key can crash the process.
    public func sessionKeyPacket(for sessionKey: SessionKey) throws(RekeyingError) -> [UInt8] {
        let algorithm: PublicKeyPacket.Algorithm
        let encrypted: [UInt8]
        switch kind {
        case .curve25519(let recipient):
            algorithm = .ecdh
            encrypted = try recipient.encrypt(sessionKey)
        case .nist(let recipient):
            algorithm = .ecdh
            encrypted = try recipient.encrypt(sessionKey)
        case .rsa(let recipient):
            algorithm = .rsa
            encrypted = try recipient.encrypt(sessionKey)
        case .other: throw .notNative
        }
        let body = [3] + keyID.bytes + [algorithm.rawValue] + encrypted
        return Self.header(length: body.count) + body
    }

    // RFC 9580 §4.2.1, packet type 1; the body has at most about 1040 octets.
    private static func header(length: Int) -> [UInt8] {
        length < 192
            ? [0xc1, UInt8(length)]
            : [0xc1, UInt8((length - 192) >> 8 + 192), UInt8((length - 192) & 0xff)]
    }
}
