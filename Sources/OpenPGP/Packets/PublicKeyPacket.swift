import Crypto
public import Foundation

/// A public key or subkey, version 4, as its packet says it.
///
/// - SeeAlso: [RFC 9580 §5.5.2.2](https://www.rfc-editor.org/rfc/rfc9580#section-5.5.2.2)
public struct PublicKeyPacket: Sendable, Hashable {
    /// The number of an algorithm.
    ///
    /// - SeeAlso: [RFC 9580 §9.1](https://www.rfc-editor.org/rfc/rfc9580#section-9.1)
    public struct Algorithm: RawRepresentable, Sendable, Hashable {
        /// The number.
        public let rawValue: UInt8
        /// Takes the number.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// RSA for everything.
        public static let rsa = Self(rawValue: 1)
        /// RSA that only encrypts.
        public static let rsaEncryptOnly = Self(rawValue: 2)
        /// RSA that only signs.
        public static let rsaSignOnly = Self(rawValue: 3)
        /// ECDH, over the curve that the key names.
        public static let ecdh = Self(rawValue: 18)
        /// ECDSA, over the curve that the key names.
        public static let ecdsa = Self(rawValue: 19)
        /// EdDSA in its first form.
        public static let eddsa = Self(rawValue: 22)
    }

    /// The packet's body.
    public let body: [UInt8]
    /// When the key was made.
    public let created: Date
    /// What it is.
    public let algorithm: Algorithm
    /// Its fingerprint.
    public let fingerprint: Fingerprint

    /// Octets of a body; RSA with 16,384 bits has 2060.
    static let maximumLength = 4096

    /// Reads a packet's body.
    ///
    /// Throws ``PacketError`` for another version than 4.
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

    /// What stands behind the algorithm.
    var material: ArraySlice<UInt8> { body[6...] }

    /// Bits of the first number: of RSA, DSA and ElGamal the size of the key.
    ///
    /// Counted in its octets, since what the packet says of it may be a lie.
    public var bits: Int {
        var rest = material
        return MPI.decode(&rest).map { MPI.bits(of: $0) } ?? 0
    }
}
