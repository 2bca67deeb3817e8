/// A decrypted message without its compression, ready for GnuPG to verify.
///
/// A compressed packet can hide a message with another meaning, or with two. So it is
/// decompressed here once, the result is scanned, and GnuPG gets the decompressed packets
/// instead of the original ones.
///
/// - SeeAlso: [RFC 9580 §10.3](https://www.rfc-editor.org/rfc/rfc9580#section-10.3)
public struct UnwrappedMessage: Sendable {
    /// Binary packets, compressed only if ``scan`` says so.
    public let packets: [UInt8]
    /// The structure of ``packets``.
    public let scan: SignedMessageScan

    /// Scans binary packets, decompresses them, and scans the result.
    ///
    /// Only BZip2 stays compressed: GnuPG can read it, and only its output is used further.
    /// The fields of its signatures are then unknown.
    ///
    /// - Throws: ``PacketError`` for a sequence of packets without a single meaning, and for
    ///   more than `limit` octets.
    public init(
        _ bytes: [UInt8],
        limit: Int,
        limits: PacketLimits = .standard
    ) throws(PacketError) {
        let outer = try SignedMessageScan(bytes, limits: limits)
        guard let body = outer.compressedBody,
            let inflated = try Inflation.contents(of: body[...], limit: limit)
        else {
            packets = bytes
            scan = outer
            return
        }
        let inner = try SignedMessageScan(inflated, limits: limits)
        // Compressed data inside compressed data could go on for ever (a quine).
        guard inner.kind != .compressed else { throw PacketError(.badSequence) }
        packets = inflated
        scan = inner
    }
}
