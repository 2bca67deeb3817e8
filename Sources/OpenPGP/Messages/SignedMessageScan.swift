/// The structure of a decrypted message, scanned before GnuPG verifies it.
///
/// It must be one literal packet with all its signatures before or after it, or one
/// compressed packet: only these sequences have a single meaning. GnuPG accepts more, and
/// can then report one good signature for a message with two texts.
///
/// - SeeAlso: [RFC 9580 §10.3](https://www.rfc-editor.org/rfc/rfc9580#section-10.3)
public struct SignedMessageScan: Sendable {
    /// The kind of message.
    public enum Kind: Sendable, Hashable {
        /// A literal packet without OpenPGP signatures.
        case literal
        /// A literal packet with signatures.
        case signed
        /// A compressed packet whose content was not scanned.
        case compressed
    }

    /// The kind of message.
    public let kind: Kind
    /// The fields of each signature, not verified; nil if the message is compressed.
    public let signatures: [SignaturePacket]?
    /// The body of the compressed packet; nil if the message is not compressed.
    let compressedBody: [UInt8]?

    /// The number of signatures; nil if the message is compressed.
    public var signatureCount: Int? { signatures?.count }

    /// Scans binary packets.
    ///
    /// - Throws: ``PacketError`` for any other sequence of packets, and for a literal packet
    ///   whose mode is not b, t or u: the mode is not signed, and with another mode gpg outputs
    ///   other octets than those that were signed.
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

    // RFC 9580 §5.4: each one-pass signature packet announces a signature after the text, the
    // first one announces the last. Readers disagree if the two differ, so that is refused.
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

    // The sequence OPS{n} LIT SIG{n}, or the older SIG{n} LIT.
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
            // RFC 9580 §5.4: the body of a version 3 packet has 13 octets.
            guard packet.body.count == 13, bytes[packet.body.lowerBound] == 3 else {
                throw PacketError(.unsupportedVersion, at: start)
            }
        case .compressed: break
        default: throw PacketError(.unexpectedPacket, at: start)
        }
    }
}
