/// The key that a copy is addressed to.
///
/// - SeeAlso: [RFC 9580 §5.1.1](https://www.rfc-editor.org/rfc/rfc9580#section-5.1.1)
public struct EncryptionKey: Sendable, Hashable {
    private enum Kind: Sendable, Hashable {
        case curve25519(Curve25519Recipient)
        case nist(NISTRecipient)
        case rsa(RSARecipient)
        /// ElGamal, brainpool, secp256k1 and what else there is.
        case other
    }

    private let kind: Kind
    /// The key id that the packet will name.
    public let keyID: KeyID

    /// Reads a key's packet; never fails, since GnuPG can take what we cannot.
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

    /// Whether we make the packet ourselves; otherwise GnuPG makes the copy.
    public var isNative: Bool { kind != .other }

    /// A session-key packet, version 3, whole.
    ///
    /// Throws ``RekeyingError``; nothing that a key holds traps.
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

    // RFC 9580 §4.2.1, tag 1; a body has at most some 1040 octets.
    private static func header(length: Int) -> [UInt8] {
        length < 192
            ? [0xc1, UInt8(length)]
            : [0xc1, UInt8((length - 192) >> 8 + 192), UInt8((length - 192) & 0xff)]
    }
}
