/// The structure of a detached signature, scanned before GnuPG reads it.
///
/// It must be signature packets and nothing else: if a "signature" also contains a text,
/// gpg verifies that text instead.
public struct DetachedSignatureScan: Sendable {
    /// The fields of each signature, not verified.
    public let signatures: [SignaturePacket]

    /// The number of signatures.
    public var signatureCount: Int? { signatures.count }

    /// Scans binary packets.
    ///
    /// - Throws: ``PacketError`` unless they are version 4 signatures over a document, at least
    ///   one and at most ``PacketLimits/signatures``.
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
