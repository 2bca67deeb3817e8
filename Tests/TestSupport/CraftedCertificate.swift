public import Crypto
public import Foundation

/// A certificate that is written octet by octet and signed as it should be: for
/// what gpg would read and never make.
public struct CraftedCertificate {
    /// Signs everything; Ed25519, as version 4 keys have it.
    public let signer: Curve25519.Signing.PrivateKey
    /// The packets.
    public private(set) var bytes: [UInt8]
    private let primary: [UInt8]
    private let created: UInt32

    /// A primary key that certifies and signs, and one user id.
    public init(
        userID: String,
        signer: Curve25519.Signing.PrivateKey = .init(),
        created: Date
    ) throws {
        self.signer = signer
        self.created = UInt32(created.timeIntervalSince1970)
        // EdDSA legacy; the point has the prefix 0x40, so 263 bits.
        primary =
            [4] + Self.big(self.created) + [22, 9, 0x2b, 6, 1, 4, 1, 0xda, 0x47, 0x0f, 1]
            + [1, 7, 0x40] + signer.publicKey.rawRepresentation
        let name = Array(userID.utf8)
        bytes = Self.packet(6, primary) + Self.packet(13, name)
        bytes += try signature(
            type: 0x13,
            over: Self.hashed(primary) + [0xb4] + Self.big(UInt32(name.count)) + name,
            flags: 0x03
        )
    }

    /// Binds a subkey, whatever it is.
    ///
    /// - Parameters:
    ///   - body: the key packet's.
    ///   - flags: 0x04 for communication, 0x08 for storage.
    ///   - signed: when, if not with the key.
    /// - Throws: what the signer does.
    public mutating func add(
        subkey body: [UInt8],
        flags: UInt8 = 0x0c,
        signed: Date? = nil
    ) throws {
        bytes += Self.packet(14, body)
        bytes += try signature(
            type: 0x18,
            over: Self.hashed(primary) + Self.hashed(body),
            flags: flags,
            signed: signed
        )
    }

    /// Revokes the subkey that was bound last.
    ///
    /// - Throws: what the signer does.
    public mutating func revoke(subkey body: [UInt8], signed: Date) throws {
        bytes += try signature(
            type: 0x28,
            over: Self.hashed(primary) + Self.hashed(body),
            flags: 0,
            signed: signed
        )
    }

    private func signature(
        type: UInt8,
        over content: [UInt8],
        flags: UInt8,
        signed: Date? = nil
    ) throws -> [UInt8] {
        let time = signed.map { UInt32($0.timeIntervalSince1970) } ?? created
        let fingerprint = Array(Insecure.SHA1.hash(data: Self.hashed(primary)))
        let subpackets =
            [5, 2] + Self.big(time) + [2, 27, flags] + [22, 33, 4] + fingerprint
        let head = [4, type, 22, 8] + Self.short(subpackets.count) + subpackets
        let digest = SHA256.hash(
            data: content + head + [4, 0xff] + Self.big(UInt32(head.count))
        )
        let value = Array(try signer.signature(for: Data(digest)))
        return Self.packet(
            2,
            // gpg 2.2 wants the issuer's key id, too.
            head + [0, 10, 9, 16] + fingerprint.suffix(8) + Array(digest.prefix(2))
                + Self.number(value.prefix(32))
                + Self.number(value.suffix(32))
        )
    }

    private static func hashed(_ key: [UInt8]) -> [UInt8] { [0x99] + short(key.count) + key }

    private static func packet(_ tag: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xc0 | tag, 0xff] + big(UInt32(body.count)) + body
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let digits = bytes.drop { $0 == 0 }
        guard let first = digits.first else { return [0, 0] }
        return short(digits.count * 8 - first.leadingZeroBitCount) + digits
    }

    private static func short(_ number: Int) -> [UInt8] {
        [UInt8(number >> 8 & 0xff), UInt8(number & 0xff)]
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        short(Int(number >> 16)) + short(Int(number & 0xffff))
    }
}
