/// What decryption gave, without its compression: what the engine shall verify.
///
/// Behind a compressed packet a message can hide that means something else, or
/// means two things. So the compression is taken off here, once, what comes out
/// is scanned, and those octets go on to the engine instead of the first ones.
///
/// - SeeAlso: [RFC 9580 §10.3](https://www.rfc-editor.org/rfc/rfc9580#section-10.3)
public struct UnwrappedMessage: Sendable {
    /// Binary packets, compressed only if ``scan`` says so.
    public let packets: [UInt8]
    /// What they are.
    public let scan: SignedMessageScan

    /// Scans binary packets, and once more what was compressed in them.
    ///
    /// BZip2 alone stays compressed: GnuPG reads it, and only what it prints
    /// goes on; nothing can be said then of what the signatures say themselves.
    ///
    /// Throws ``PacketError`` for anything that has not exactly one meaning, and
    /// for more than so many octets.
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
        // A quine is compressed without end.
        guard inner.kind != .compressed else { throw PacketError(.badSequence) }
        packets = inflated
        scan = inner
    }
}
