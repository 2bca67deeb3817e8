/// An encrypted message, looked at before the engine sees it.
///
/// Session-key packets and one encrypted packet, nothing before, between or
/// behind: what else GnuPG takes there has made it release text that nobody
/// encrypted, ask for passphrases, or work for minutes.
///
/// - SeeAlso: [RFC 9580 §10.3](https://www.rfc-editor.org/rfc/rfc9580#section-10.3)
public struct EncryptedMessageScan: Sendable {
    /// How the data is protected.
    public enum Kind: Sendable, Hashable {
        /// SEIPD version 1: everybody reads it.
        case integrityProtected
        /// The packet of GnuPG 2.3: read, never written.
        case authenticated
    }

    /// The key ids of the recipients, one for each session-key packet, in order.
    public let recipients: [KeyID]
    /// The octets of the encrypted packet, its header included.
    public let encryptedRange: Range<Int>
    /// How the data is protected.
    public let kind: Kind
    private let encrypted: Packet
    private let recipientRanges: [Range<Int>]

    /// Scans binary packets.
    ///
    /// Throws ``PacketError`` for everything that is not exactly this.
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

    /// What was encrypted, of the octets that were scanned: the same whatever armor,
    /// session-key packets and kind of length a stranger gives it.
    public func ciphertext(in bytes: [UInt8]) -> [UInt8] {
        PacketReader(bytes).contents(of: encrypted)
    }

    /// The message as one of its recipients alone needs it: her session-key packet, and the
    /// encrypted packet octet by octet, of the octets that were scanned.
    ///
    /// - Returns: nil unless exactly one session-key packet names one of these keys and none
    ///   hides whom it is for: which of several opened it, nobody could tell.
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
        // RFC 9580 §5.1.1: version, key id, algorithm, and what is encrypted.
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
