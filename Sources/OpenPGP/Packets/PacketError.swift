/// Why packets were not taken, and where.
///
/// Always the fault of whoever made them; nothing of their content is in it.
public struct PacketError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One case a reason.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// There is no armor, or text around it, or more than one block.
        case notOneArmorBlock = "there is not exactly one armor block"
        /// The block is of another kind.
        case wrongArmorKind = "the armor is of another kind"
        /// A header line that is not `Name: value`, or of an unknown name.
        case armorHeader = "an armor header that is not allowed"
        /// A line that is too long, or characters that are not base64.
        case armorData = "the armor's data is damaged"
        /// The checksum is there and wrong.
        case armorChecksum = "the armor's checksum is wrong"
        /// The octets end inside a packet.
        case truncated = "a packet is cut short"
        /// An octet that begins no packet.
        case noPacket = "there is no packet where one must begin"
        /// A length that goes on where it must not, or is not known.
        case badLength = "a packet's length has a form that is not allowed"
        /// A packet of a kind that has no business here.
        case unexpectedPacket = "a packet of a kind that is not allowed here"
        /// The packets do not come in an order that has one meaning.
        case badSequence = "the packets are in an order that is not allowed"
        /// Too many packets of a kind.
        case tooMany = "too many packets of a kind"
        /// A packet, or all of them, has too many octets.
        case tooLarge = "too many octets"
        /// A version that this code does not know.
        case unsupportedVersion = "a version that is not supported"
        /// A secret key, which nobody may send.
        case secretKey = "there is a secret key in it"
        /// The inside of a packet is not what it should be.
        case malformedPacket = "the inside of a packet is malformed"
        /// A signature of a kind that signs no document.
        case signatureClass = "a signature of a kind that signs no document"
        /// A literal packet whose mode is not b, t or u.
        case literalMode = "a literal packet of a mode that is not allowed"
    }

    /// The reason.
    public let reason: Reason
    /// The octet at which it was found.
    public let offset: Int

    package init(_ reason: Reason, at offset: Int = 0) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason and the place, for a log.
    public var description: String { "\(reason.rawValue) (at octet \(offset))" }
}
