/// One packet: its tag and where it lies.
struct Packet: Sendable {
    /// The packet type.
    ///
    /// - SeeAlso: [RFC 9580 §5](https://www.rfc-editor.org/rfc/rfc9580#section-5)
    struct Tag: RawRepresentable, Sendable, Hashable {
        let rawValue: UInt8
        static let sessionKey = Self(rawValue: 1)
        static let signature = Self(rawValue: 2)
        static let onePassSignature = Self(rawValue: 4)
        static let secretKey = Self(rawValue: 5)
        static let publicKey = Self(rawValue: 6)
        static let secretSubkey = Self(rawValue: 7)
        static let compressed = Self(rawValue: 8)
        static let marker = Self(rawValue: 10)
        static let literal = Self(rawValue: 11)
        static let trust = Self(rawValue: 12)
        static let userID = Self(rawValue: 13)
        static let publicSubkey = Self(rawValue: 14)
        static let userAttribute = Self(rawValue: 17)
        static let encrypted = Self(rawValue: 18)
        static let authenticated = Self(rawValue: 20)
        static let padding = Self(rawValue: 21)
    }

    /// The form of the packet's length.
    enum Extent: Sendable, Hashable {
        /// The header gives the length.
        case definite
        /// Partial body lengths: the body consists of several pieces.
        case partial
        /// The packet ends where the data ends (legacy format only).
        case indeterminate
    }

    let tag: Tag
    /// All octets, the header included.
    let range: Range<Int>
    /// The octets of the body; of partial lengths, only the first piece.
    let body: Range<Int>
    let extent: Extent
}

/// Reads packets one after another, with every form of header.
///
/// It copies no octets and reads each header once.
///
/// - SeeAlso: [RFC 9580 §4.2](https://www.rfc-editor.org/rfc/rfc9580#section-4.2)
struct PacketReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next packet, or nil at the end.
    ///
    /// - Throws: ``PacketError`` if no valid packet begins here or it is cut short.
    mutating func next() throws(PacketError) -> Packet? {
        guard position < bytes.count else { return nil }
        let start = position
        let first = bytes[start]
        guard first & 0x80 != 0 else { throw PacketError(.noPacket, at: start) }
        position += 1
        return first & 0x40 != 0
            ? try current(Packet.Tag(rawValue: first & 0x3f), from: start)
            : try legacy(Packet.Tag(rawValue: first >> 2 & 0x0f), first & 3, from: start)
    }

    /// All packets, up to a number of them.
    ///
    /// - Throws: ``PacketError`` if there are more, or if a packet is malformed.
    mutating func all(atMost limit: Int) throws(PacketError) -> [Packet] {
        var packets: [Packet] = []
        while let packet = try next() {
            guard packets.count < limit else { throw PacketError(.tooMany, at: position) }
            packets.append(packet)
        }
        return packets
    }

    /// The octets of a packet's body, with its pieces joined.
    func contents(of packet: Packet) -> [UInt8] {
        guard packet.extent == .partial else { return Array(bytes[packet.body]) }
        var result = Array(bytes[packet.body])
        var rest = Self(bytes)
        rest.position = packet.body.upperBound
        // The packet was read before, so no piece can fail.
        while rest.position < packet.range.upperBound,
            let piece = try? rest.piece(of: packet.tag, isFirst: false)
        {
            result += bytes[piece.octets]
        }
        return result
    }

    // RFC 9580 §4.2.1: the OpenPGP packet format.
    private mutating func current(
        _ tag: Packet.Tag,
        from start: Int
    ) throws(PacketError) -> Packet {
        var body: Range<Int>?
        while true {
            let piece = try piece(of: tag, isFirst: body == nil)
            guard piece.isLast else {
                body = body ?? piece.octets
                continue
            }
            return Packet(
                tag: tag,
                range: start..<position,
                body: body ?? piece.octets,
                extent: body == nil ? .definite : .partial
            )
        }
    }

    private mutating func piece(
        of tag: Packet.Tag,
        isFirst: Bool
    ) throws(PacketError) -> (octets: Range<Int>, isLast: Bool) {
        let start = position
        let octet = try number(octets: 1)
        switch octet {
        case ..<192: return (try take(octet), true)
        case ..<224: return (try take((octet - 192) << 8 + (try number(octets: 1)) + 192), true)
        case 255: return (try take(try number(octets: 4)), true)
        default:
            // Only data packets may be partial, and their first piece has at least 512 octets.
            let length = 1 << (octet & 0x1f)
            guard Self.mayBePartial(tag), !isFirst || length >= 512 else {
                throw PacketError(.badLength, at: start)
            }
            return (try take(length), false)
        }
    }

    // RFC 9580 §4.2.2: the legacy packet format, which GnuPG still writes.
    private mutating func legacy(
        _ tag: Packet.Tag,
        _ lengthType: UInt8,
        from start: Int
    ) throws(PacketError) -> Packet {
        guard lengthType != 3 else {
            guard Self.mayBePartial(tag) else { throw PacketError(.badLength, at: start) }
            let body = try take(bytes.count - position)
            return Packet(tag: tag, range: start..<position, body: body, extent: .indeterminate)
        }
        let length = try number(octets: 1 << Int(lengthType))
        let body = try take(length)
        return Packet(tag: tag, range: start..<position, body: body, extent: .definite)
    }

    private static func mayBePartial(_ tag: Packet.Tag) -> Bool {
        [.compressed, .literal, .encrypted, .authenticated].contains(tag)
    }

    private mutating func number(octets count: Int) throws(PacketError) -> Int {
        try take(count).reduce(0) { $0 << 8 | Int(bytes[$1]) }
    }

    private mutating func take(_ count: Int) throws(PacketError) -> Range<Int> {
        guard count <= bytes.count - position else { throw PacketError(.truncated, at: position) }
        defer { position += count }
        return position..<(position + count)
    }
}
