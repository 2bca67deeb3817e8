/// A detached signature, looked at before the engine sees it.
///
/// Signature packets and nothing else: a "signature" that brings a text of its
/// own makes gpg verify that text.
public struct DetachedSignatureScan: Sendable {
    /// What each signature says of itself, unverified.
    public let signatures: [SignaturePacket]

    /// How many signatures there are.
    public var signatureCount: Int? { signatures.count }

    /// Scans binary packets.
    ///
    /// Throws ``PacketError`` for anything but version 4 signatures over a
    /// document, one to the limit.
    public init(_ bytes: [UInt8], limits: PacketLimits = .standard) throws(PacketError) {
        var reader = PacketReader(bytes)
        var signatures: [SignaturePacket] = []
        for packet in try reader.all(atMost: limits.signatures) {
            let start = packet.range.lowerBound
            guard packet.tag == .signature else { throw PacketError(.unexpectedPacket, at: start) }
            guard packet.body.count <= limits.signatureOctets else {
                throw PacketError(.tooLarge, at: start)
            }
            let signature = try SignaturePacket(bytes[packet.body])
            guard signature.coversDocument else { throw PacketError(.signatureClass, at: start) }
            signatures.append(signature)
        }
        guard !signatures.isEmpty else { throw PacketError(.badSequence) }
        self.signatures = signatures
    }
}
