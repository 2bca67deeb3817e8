public import Foundation

/// What a version 4 signature packet says of itself.
///
/// Nothing of it is verified; it says where to look, and for whom it was made.
///
/// - SeeAlso: [RFC 9580 §5.2.3](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3)
public struct SignaturePacket: Sendable, Hashable {
    /// What kind of thing is signed: 0x00 octets, 0x01 text.
    public let signatureClass: UInt8
    /// The number of the public-key algorithm.
    public let publicKeyAlgorithm: UInt8
    /// The number of the hash algorithm.
    public let hashAlgorithm: UInt8
    /// When it was made, if it says so where it is signed.
    public let created: Date?
    /// The key that made it, if it names the fingerprint where that is signed.
    public let issuer: Fingerprint?
    /// For whose keys it was made; nil if it does not say.
    ///
    /// Keys of versions that nobody has here are left out; so it can be empty.
    ///
    /// - SeeAlso: [RFC 9580 §5.2.3.36](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3.36)
    public let intendedRecipients: Set<Fingerprint>?

    /// What a binding says that its key is for: 0x04 to encrypt what is sent, 0x08
    /// what is kept.
    ///
    /// - SeeAlso: [RFC 9580 §5.2.3.29](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3.29)
    let keyFlags: UInt8?

    /// Whether it is a signature over a document.
    public var coversDocument: Bool { signatureClass <= 1 }

    func isOlder(than other: Self) -> Bool {
        (created ?? .distantPast) < (other.created ?? .distantPast)
    }

    init(_ body: ArraySlice<UInt8>) throws(PacketError) {
        let start = body.startIndex
        guard body.count >= 10 else { throw PacketError(.malformedPacket, at: start) }
        guard body[start] == 4 else { throw PacketError(.unsupportedVersion, at: start) }
        signatureClass = body[start + 1]
        publicKeyAlgorithm = body[start + 2]
        hashAlgorithm = body[start + 3]
        let length = Int(body[start + 4]) << 8 | Int(body[start + 5])
        let hashed = start + 6
        guard length <= body.endIndex - hashed else {
            throw PacketError(.malformedPacket, at: hashed)
        }
        var created: Date?
        var issuer: Fingerprint?
        var recipients: Set<Fingerprint>?
        var keyFlags: UInt8?
        for (type, value) in try Self.subpackets(body[hashed..<(hashed + length)]) {
            switch (type, value.count) {
            case (2, 4):
                // gpg and others disagree which of two they believe.
                guard created == nil else { throw PacketError(.malformedPacket, at: hashed) }
                let seconds = value.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                created = Date(timeIntervalSince1970: TimeInterval(seconds))
            case (33, 21) where value.first == 4:
                issuer = Fingerprint(bytes: Array(value.dropFirst()))
            case (27, 1...): keyFlags = value.first
            case (35, let count):
                // One that cannot be read still says that it is for somebody.
                recipients = recipients ?? []
                if count == 21, value.first == 4,
                    let recipient = Fingerprint(bytes: Array(value.dropFirst()))
                {
                    recipients?.insert(recipient)
                }
            default: break
            }
        }
        self.created = created
        self.issuer = issuer
        intendedRecipients = recipients
        self.keyFlags = keyFlags
    }

    // RFC 9580 §5.2.3.7.
    private static func subpackets(
        _ area: ArraySlice<UInt8>
    ) throws(PacketError) -> [(type: UInt8, value: ArraySlice<UInt8>)] {
        var result: [(type: UInt8, value: ArraySlice<UInt8>)] = []
        var rest = area
        while let first = rest.popFirst() {
            var length = Int(first)
            if first == 255 {
                guard rest.count >= 4 else {
                    throw PacketError(.malformedPacket, at: rest.startIndex)
                }
                length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(4)
            } else if first >= 192 {
                guard let second = rest.popFirst() else {
                    throw PacketError(.malformedPacket, at: rest.startIndex)
                }
                length = (length - 192) << 8 + Int(second) + 192
            }
            guard length >= 1, length <= rest.count else {
                throw PacketError(.malformedPacket, at: rest.startIndex)
            }
            let value = rest.prefix(length)
            // The first bit says that the subpacket is critical.
            result.append((value[value.startIndex] & 0x7f, value.dropFirst()))
            rest = rest.dropFirst(length)
        }
        return result
    }
}
