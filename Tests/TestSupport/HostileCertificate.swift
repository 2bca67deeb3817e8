import Crypto
import Foundation

/// Certificates that gpg fails on, or is slow with.
public enum HostileCertificate: String, Sendable, CaseIterable {
    /// The curve of the subkey is said to be two octets longer than it is, so that its
    /// numbers do not fit. gpg fails over the whole ring.
    case damagedSubkey
    /// The first signature has version 8. gpg fails over the whole ring.
    case unknownVersion
    /// P-521 with 240 copies of the self-signature, each of another second.
    case slow
    /// RSA with 16,000 bits, an exponent as long, and 250 signatures: 15 s for gpg.
    case burn

    /// The packets.
    ///
    /// - Throws: what gpg throws when it makes a key.
    public func bytes() throws -> [UInt8] {
        switch self {
        case .damagedSubkey:
            Self.joined(try Self.packets(of: TestKeyring("mallory").publicKey())) {
                guard $0 == 14 else { return nil }
                return [Self.packet(14, $1.prefix(6) + [0x0c] + $1.dropFirst(7))]
            }
        case .unknownVersion:
            Self.first(2, in: try TestKeyring("mallory").publicKey()) { body in
                [Self.packet(2, [8] + body.dropFirst())]
            }
        case .slow:
            Self.first(
                2,
                in: try TestKeyring(
                    "mallory",
                    algorithm: .nistP521,
                    options: ["--faked-system-time", "20250101T000000"]
                ).publicKey()
            ) { body in
                guard let at = body.firstRange(of: [5, 2])?.upperBound else { return [] }
                let made = body[at..<(at + 4)].reduce(0) { $0 << 8 | UInt32($1) }
                return [Self.packet(2, body)]
                    + (1...240).map {
                        Self.packet(2, body[..<at] + Self.big(made + $0) + body[(at + 4)...])
                    }
            }
        case .burn: Self.burning(bits: 16_000, copies: 250)
        }
    }

    // RFC 9580 §5.5.2.2 and §5.2.3.
    private static func burning(bits: Int, copies: UInt32) -> [UInt8] {
        var random = SeededGenerator(seed: 1)
        func number(_ bits: Int) -> [UInt8] {
            var octets = (0..<(bits / 8)).map { _ in UInt8.random(in: 0...255, using: &random) }
            octets[0] |= 0x80
            octets[octets.count - 1] |= 1
            return [UInt8(bits >> 8), UInt8(bits & 0xff)] + octets
        }
        let made: UInt32 = 1_577_836_800
        let key = [4] + big(made) + [1] + number(bits) + number(bits - 8)
        let length = [UInt8(key.count >> 8), UInt8(key.count & 0xff)]
        let fingerprint = Array(Insecure.SHA1.hash(data: [0x99] + length + key))
        let signatures = (0..<copies).flatMap { copy in
            let hashed = [5, 2] + big(made + 100 + copy) + [22, 33, 4] + fingerprint + [2, 27, 3]
            let unhashed = [9, 16] + fingerprint.suffix(8)
            return packet(
                2,
                [4, 0x13, 1, 8, 0, UInt8(hashed.count)] + hashed + [0, UInt8(unhashed.count)]
                    + unhashed + [0x61, 0x62, 0, 2, 3]
            )
        }
        return packet(6, key) + packet(13, Array("mallory <mallory@people.test>".utf8))
            + signatures
    }

    /// A packet with a length of four octets.
    public static func packet(_ tag: UInt8, _ body: some Collection<UInt8>) -> [UInt8] {
        [0xc0 | tag, 0xff] + big(UInt32(body.count)) + body
    }

    /// Tag and body of each packet of a certificate that gpg has written.
    public static func packets(of bytes: [UInt8]) -> [(tag: UInt8, body: [UInt8])] {
        var result: [(tag: UInt8, body: [UInt8])] = []
        var rest = bytes[...]
        while let first = rest.popFirst() {
            // gpg writes the older form, with one or two octets of length.
            let octets = 1 << Int(first & 3)
            let length = rest.prefix(octets).reduce(0) { $0 << 8 | Int($1) }
            let body = rest.dropFirst(octets).prefix(length)
            result.append((first >> 2 & 15, Array(body)))
            rest = rest.dropFirst(octets + length)
        }
        return result
    }

    private static func first(
        _ tag: UInt8,
        in bytes: [UInt8],
        _ change: ([UInt8]) -> [[UInt8]]
    ) -> [UInt8] {
        var isDone = false
        return joined(packets(of: bytes)) { found, body in
            guard found == tag, !isDone else { return nil }
            isDone = true
            return change(body)
        }
    }

    private static func joined(
        _ packets: [(tag: UInt8, body: [UInt8])],
        _ change: (UInt8, [UInt8]) -> [[UInt8]]?
    ) -> [UInt8] {
        packets.flatMap { tag, body in
            (change(tag, body) ?? [packet(tag, body)]).flatMap(\.self)
        }
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
