/// What decryption gave, looked at before the engine verifies it.
///
/// One text, with all its signatures before or behind it, or one compressed
/// packet: the few orders that have one meaning. GnuPG takes more, and then
/// reports one good signature for a message that says two things.
///
/// - SeeAlso: [RFC 9580 §10.3](https://www.rfc-editor.org/rfc/rfc9580#section-10.3)
public struct SignedMessageScan: Sendable {
    /// What the packets are.
    public enum Kind: Sendable, Hashable {
        /// A text that nobody signed in OpenPGP.
        case literal
        /// A text with signatures.
        case signed
        /// Compressed, and not looked into.
        case compressed
    }

    /// What the packets are.
    public let kind: Kind
    /// How many signatures there are; nil if it is compressed.
    public let signatureCount: Int?

    /// Scans binary packets.
    ///
    /// Throws ``PacketError`` for any other order, and for text modes but b, t
    /// and u: the mode is not signed, and in another one gpg prints other octets
    /// than those that were signed.
    public init(_ bytes: [UInt8], limits: PacketLimits = .standard) throws(PacketError) {
        var reader = PacketReader(bytes)
        let packets = try reader.all(atMost: 2 * limits.signatures + 1)
        for packet in packets { try Self.check(packet, in: bytes, limits) }
        switch packets.map(\.tag) {
        case [.compressed]:
            kind = .compressed
            signatureCount = nil
        case [.literal]:
            kind = .literal
            signatureCount = 0
        case let tags where Self.isSigned(tags, limits):
            kind = .signed
            signatureCount = tags.count { $0 == .signature }
        default:
            throw PacketError(.badSequence)
        }
    }

    // OPS{n} LIT SIG{n}, or the older SIG{n} LIT.
    private static func isSigned(_ tags: [Packet.Tag], _ limits: PacketLimits) -> Bool {
        let count = tags.count { $0 == .signature }
        guard (1...limits.signatures).contains(count) else { return false }
        let signatures = Array(repeating: Packet.Tag.signature, count: count)
        let onePass = Array(repeating: Packet.Tag.onePassSignature, count: count)
        return tags == onePass + [.literal] + signatures || tags == signatures + [.literal]
    }

    private static func check(
        _ packet: Packet,
        in bytes: [UInt8],
        _ limits: PacketLimits
    ) throws(PacketError) {
        let start = packet.range.lowerBound
        switch packet.tag {
        case .literal:
            let modes: [UInt8] = [UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "u")]
            guard let mode = packet.body.first.map({ bytes[$0] }), modes.contains(mode) else {
                throw PacketError(.literalMode, at: start)
            }
        case .signature:
            guard packet.body.count <= limits.signatureOctets else {
                throw PacketError(.tooLarge, at: start)
            }
        case .onePassSignature:
            // RFC 9580 §5.4: a version 3 packet has 13 octets.
            guard packet.body.count == 13, bytes[packet.body.lowerBound] == 3 else {
                throw PacketError(.unsupportedVersion, at: start)
            }
        case .compressed: break
        default: throw PacketError(.unexpectedPacket, at: start)
        }
    }
}
