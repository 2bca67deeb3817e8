/// Why packets were not accepted, and where.
///
/// The fault is always in the packets. The error contains none of their content.
public struct PacketError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of faults.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// There is no armor, or text around it, or more than one block.
        case notOneArmorBlock = "there is not exactly one armor block"
        /// The armor block is not of the expected kind.
        case wrongArmorKind = "the armor is of another kind"
        /// An armor header is not `Name: value`, or its name is unknown.
        case armorHeader = "an armor header that is not allowed"
        /// A line that is too long, or characters that are not base64.
        case armorData = "the armor's data is damaged"
        /// There is a checksum, and it is wrong.
        case armorChecksum = "the armor's checksum is wrong"
        /// The octets end inside a packet.
        case truncated = "a packet is cut short"
        /// An octet that cannot begin a packet.
        case noPacket = "there is no packet where one must begin"
        /// A partial or indeterminate length where it is not allowed.
        case badLength = "a packet's length has a form that is not allowed"
        /// A packet of a kind that is not allowed here.
        case unexpectedPacket = "a packet of a kind that is not allowed here"
        /// The sequence of packets does not have a single meaning.
        case badSequence = "the packets are in an order that is not allowed"
        /// Too many packets of a kind.
        case tooMany = "too many packets of a kind"
        /// A packet, or all of them, has too many octets.
        case tooLarge = "too many octets"
        /// A number of a key is so large that computing with it takes seconds.
        case tooCostly = "a number of a key is larger than any program makes it"
        /// The version of a packet is not supported.
        case unsupportedVersion = "a version that is not supported"
        /// There is a secret key, which nobody may send.
        case secretKey = "there is a secret key in it"
        /// The body of a packet is malformed.
        case malformedPacket = "the inside of a packet is malformed"
        /// A signature whose type is not a signature over a document.
        case signatureClass = "a signature of a kind that signs no document"
        /// A literal packet whose mode is not b, t or u.
        case literalMode = "a literal packet of a mode that is not allowed"
    }

    /// The kind of fault.
    public let reason: Reason
    /// The offset of the fault in octets.
    public let offset: Int

    package init(_ reason: Reason, at offset: Int = 0) {
        self.reason = reason
        self.offset = offset
    }

    /// The reason and the offset, for a log.
    public var description: String { "\(reason.rawValue) (at octet \(offset))" }
}
