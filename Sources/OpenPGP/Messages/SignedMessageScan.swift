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
    /// What each signature says of itself, unverified; nil if it is compressed.
    public let signatures: [SignaturePacket]?
    /// The inside of the compressed packet, if it is that.
    let compressedBody: [UInt8]?

    /// How many signatures there are; nil if it is compressed.
    public var signatureCount: Int? { signatures?.count }

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
            signatures = nil
            compressedBody = packets.first.map(reader.contents)
        case [.literal]:
            kind = .literal
            signatures = []
            compressedBody = nil
        case let tags where Self.isSigned(tags, limits):
            kind = .signed
            signatures = try Self.signatures(among: packets, in: bytes)
            compressedBody = nil
        default:
            throw PacketError(.badSequence)
        }
    }

    // RFC 9580 §5.4: what is said before the text announces a signature behind
    // it, the first the last. Where the two differ, readers do too.
    private static func signatures(
        among packets: [Packet],
        in bytes: [UInt8]
    ) throws(PacketError) -> [SignaturePacket] {
        var signatures: [SignaturePacket] = []
        for packet in packets where packet.tag == .signature {
            let signature = try SignaturePacket(bytes[packet.body])
            guard signature.coversDocument else {
                throw PacketError(.signatureClass, at: packet.range.lowerBound)
            }
            signatures.append(signature)
        }
        let announced = packets.filter { $0.tag == .onePassSignature }
        for (packet, signature) in zip(announced, signatures.reversed()) {
            let body = bytes[packet.body]
            let start = body.startIndex
            guard
                Array(body[(start + 1)...(start + 3)]) == [
                    signature.signatureClass, signature.hashAlgorithm, signature.publicKeyAlgorithm,
                ]
            else { throw PacketError(.malformedPacket, at: start) }
        }
        return signatures
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
