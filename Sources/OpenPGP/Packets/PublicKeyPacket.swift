import Crypto
public import Foundation

/// A public key or subkey of version 4, as its packet describes it.
///
/// - SeeAlso: [RFC 9580 §5.5.2.2](https://www.rfc-editor.org/rfc/rfc9580#section-5.5.2.2)
public struct PublicKeyPacket: Sendable, Hashable {
    /// The number of a public-key algorithm.
    ///
    /// - SeeAlso: [RFC 9580 §9.1](https://www.rfc-editor.org/rfc/rfc9580#section-9.1)
    public struct Algorithm: RawRepresentable, Sendable, Hashable {
        /// The number in the packet.
        public let rawValue: UInt8
        /// Makes an algorithm from its number, which may be unknown.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// RSA to encrypt and sign.
        public static let rsa = Self(rawValue: 1)
        /// RSA to encrypt only.
        public static let rsaEncryptOnly = Self(rawValue: 2)
        /// RSA to sign only.
        public static let rsaSignOnly = Self(rawValue: 3)
        /// ElGamal to encrypt only.
        static let elgamal = Self(rawValue: 16)
        /// DSA.
        static let dsa = Self(rawValue: 17)
        /// ElGamal to encrypt and sign, which RFC 9580 reserves.
        static let elgamalSignAndEncrypt = Self(rawValue: 20)
        /// ECDH, over the curve that the key names.
        public static let ecdh = Self(rawValue: 18)
        /// ECDSA, over the curve that the key names.
        public static let ecdsa = Self(rawValue: 19)
        /// EdDSALegacy: Ed25519 with a curve identifier.
        public static let eddsa = Self(rawValue: 22)
    }

    /// The body of the packet.
    public let body: [UInt8]
    /// The creation time of the key.
    public let created: Date
    /// The algorithm of the key.
    public let algorithm: Algorithm
    /// The fingerprint of the key.
    public let fingerprint: Fingerprint

    /// The largest body in octets; RSA with 16,384 bits has 2060.
    static let maximumLength = 4096

    /// Parses the body of a packet.
    ///
    /// - Throws: ``PacketError`` for another version than 4, and for a body shorter than 7
    ///   octets or longer than 4096.
    public init(body: [UInt8]) throws(PacketError) {
        guard body.count >= 7, body.count <= Self.maximumLength else {
            throw PacketError(.malformedPacket)
        }
        guard body[0] == 4 else { throw PacketError(.unsupportedVersion) }
        // RFC 9580 §5.5.4.2: SHA-1 over 0x99, the length and the body.
        let prefix: [UInt8] = [0x99, UInt8(body.count >> 8), UInt8(body.count & 0xff)]
        guard let fingerprint = Fingerprint(bytes: Array(Insecure.SHA1.hash(data: prefix + body)))
        else { throw PacketError(.malformedPacket) }
        self.body = body
        self.fingerprint = fingerprint
        created = Date(
            timeIntervalSince1970: TimeInterval(
                body[1..<5].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            )
        )
        algorithm = Algorithm(rawValue: body[5])
    }

    /// The octets after the algorithm: the numbers of the key.
    var material: ArraySlice<UInt8> { body[6...] }

    /// The bits of the first integer, which is the key size of RSA, DSA and ElGamal.
    ///
    /// They are counted in the octets, because the length in the packet may be wrong.
    public var bits: Int {
        var rest = material
        return MPI.decode(&rest).map { MPI.bits(of: $0) } ?? 0
    }
}
