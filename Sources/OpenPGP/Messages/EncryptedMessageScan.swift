/// The structure of an encrypted message, scanned before GnuPG reads it.
///
/// It must be session-key packets followed by one encrypted packet, with nothing before,
/// between or after them. Other packets have made GnuPG output text that nobody encrypted,
/// ask for a passphrase, or work for minutes.
///
/// - SeeAlso: [RFC 9580 §10.3](https://www.rfc-editor.org/rfc/rfc9580#section-10.3)
public struct EncryptedMessageScan: Sendable {
    /// The type of the encrypted packet.
    public enum Kind: Sendable, Hashable {
        /// SEIPD version 1, which every program reads.
        case integrityProtected
        /// The AEAD packet of GnuPG 2.3 (tag 20), which we read and never write.
        case authenticated
    }

    /// The key ids of the recipients, one for each session-key packet (PKESK), in order.
    public let recipients: [KeyID]
    /// The range of the encrypted packet, its header included.
    public let encryptedRange: Range<Int>
    /// The type of the encrypted packet.
    public let kind: Kind
    private let encrypted: Packet
    private let recipientRanges: [Range<Int>]

    /// Scans binary packets.
    ///
    /// - Throws: ``PacketError`` for any other sequence of packets, for an unsupported version,
    ///   and for more than the limits.
    public init(_ bytes: [UInt8], limits: PacketLimits = .standard) throws(PacketError) {
        var reader = PacketReader(bytes)
        var recipients: [KeyID] = []
        var recipientRanges: [Range<Int>] = []
        var encrypted: (packet: Packet, kind: Kind)?
        while let packet = try reader.next() {
            let start = packet.range.lowerBound
            guard encrypted == nil else { throw PacketError(.badSequence, at: start) }
            switch packet.tag {
            case .sessionKey:
                recipients.append(try Self.recipient(packet, in: bytes, limits))
                recipientRanges.append(packet.range)
                guard recipients.count <= limits.recipients,
                    recipients.count(where: \.isHidden) <= limits.hiddenRecipients
                else { throw PacketError(.tooMany, at: start) }
            case .encrypted:
                guard packet.body.count > 1, bytes[packet.body.lowerBound] == 1 else {
                    throw PacketError(.unsupportedVersion, at: start)
                }
                encrypted = (packet, .integrityProtected)
            case .authenticated:
                // draft-ietf-openpgp-rfc4880bis-10 §5.16: version 1, cipher, mode.
                guard packet.body.count > 3, bytes[packet.body.lowerBound] == 1 else {
                    throw PacketError(.unsupportedVersion, at: start)
                }
                encrypted = (packet, .authenticated)
            default:
                throw PacketError(.unexpectedPacket, at: start)
            }
        }
        guard let encrypted, !recipients.isEmpty else {
            throw PacketError(.badSequence, at: bytes.count)
        }
        self.recipients = recipients
        self.recipientRanges = recipientRanges
        self.encrypted = encrypted.packet
        encryptedRange = encrypted.packet.range
        kind = encrypted.kind
    }

    /// The body of the encrypted packet, from the octets that were scanned.
    ///
    /// It stays the same when somebody changes the armor, the session-key packets or the form
    /// of the packet's length.
    public func ciphertext(in bytes: [UInt8]) -> [UInt8] {
        PacketReader(bytes).contents(of: encrypted)
    }

    /// The message for one recipient alone: that recipient's session-key packet and the
    /// unchanged encrypted packet, from the octets that were scanned.
    ///
    /// - Returns: The packets, or nil unless exactly one session-key packet names one of these
    ///   keys and no recipient is hidden: otherwise we could not know which packet has the key.
    package func message(for keys: Set<String>, in bytes: [UInt8]) -> [UInt8]? {
        let named = zip(recipients, recipientRanges).filter { keys.contains($0.0.description) }
        guard named.count == 1, !recipients.contains(where: \.isHidden) else { return nil }
        return named.flatMap { bytes[$0.1] } + bytes[encryptedRange]
    }

    private static func recipient(
        _ packet: Packet,
        in bytes: [UInt8],
        _ limits: PacketLimits
    ) throws(PacketError) -> KeyID {
        let body = packet.body
        guard body.count <= limits.recipientOctets else {
            throw PacketError(.tooLarge, at: packet.range.lowerBound)
        }
        // RFC 9580 §5.1.1: version, key id, algorithm, encrypted session key.
        guard body.count > 10 else {
            throw PacketError(.malformedPacket, at: packet.range.lowerBound)
        }
        guard bytes[body.lowerBound] == 3 else {
            throw PacketError(.unsupportedVersion, at: packet.range.lowerBound)
        }
        let octets = bytes[(body.lowerBound + 1)..<(body.lowerBound + 9)]
        return KeyID(rawValue: octets.reduce(0) { $0 << 8 | UInt64($1) })
    }
}
