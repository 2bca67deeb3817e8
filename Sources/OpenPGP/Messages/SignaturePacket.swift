public import Foundation

/// The fields of a version 4 signature packet.
///
/// They are not verified; they show which key to look for and the intended recipients.
///
/// - SeeAlso: [RFC 9580 §5.2.3](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3)
public struct SignaturePacket: Sendable, Hashable {
    /// The signature type: 0x00 is a binary document, 0x01 a text document.
    public let signatureClass: UInt8
    /// The number of the public-key algorithm (RFC 9580 §9.1).
    public let publicKeyAlgorithm: UInt8
    /// The number of the hash algorithm (RFC 9580 §9.5).
    public let hashAlgorithm: UInt8
    /// The creation time; nil if the hashed subpackets have none.
    public let created: Date?
    /// The fingerprint of the issuer; nil if the hashed subpackets have none.
    public let issuer: Fingerprint?
    /// The fingerprints of the intended recipients; nil if the signature names none.
    ///
    /// Only version 4 fingerprints are kept, so the set can be empty although the signature
    /// names recipients.
    ///
    /// - SeeAlso: [RFC 9580 §5.2.3.36](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3.36)
    public let intendedRecipients: Set<Fingerprint>?

    /// The first octet of the key flags of a binding signature: 0x04 to encrypt
    /// communications, 0x08 to encrypt storage.
    ///
    /// - SeeAlso: [RFC 9580 §5.2.3.29](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3.29)
    let keyFlags: UInt8?

    /// Whether the signature is over a document, binary or text.
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
                // Programs disagree which of two creation times counts, so two are refused.
                guard created == nil else { throw PacketError(.malformedPacket, at: hashed) }
                let seconds = value.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                created = Date(timeIntervalSince1970: TimeInterval(seconds))
            case (33, 21) where value.first == 4:
                issuer = Fingerprint(bytes: Array(value.dropFirst()))
            case (27, 1...): keyFlags = value.first
            case (35, let count):
                // An intended recipient of another version still restricts the signature.
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

    /// The keys that a version 4 signature names as its issuer, hashed or not; empty if none.
    ///
    /// - Throws: ``PacketError`` if its subpackets cannot be read.
    static func claimedIssuers(in body: ArraySlice<UInt8>) throws(PacketError) -> [KeyID] {
        var rest = body.dropFirst(4)
        var issuers: [KeyID] = []
        for _ in ["hashed", "not hashed"] {
            guard rest.count >= 2 else { throw PacketError(.malformedPacket, at: rest.startIndex) }
            let length = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(2)
            guard length <= rest.count else {
                throw PacketError(.malformedPacket, at: rest.startIndex)
            }
            for (type, value) in try subpackets(rest.prefix(length)) {
                // An issuer (16), and the fingerprint of one (33) behind its version.
                guard type == 16 && value.count == 8 || type == 33 && value.count >= 21 else {
                    continue
                }
                issuers.append(
                    KeyID(rawValue: value.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
                )
            }
            rest = rest.dropFirst(length)
        }
        return issuers
    }

    // RFC 9580 §5.2.3.7: the length of a subpacket has one, two or five octets.
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
            // The first bit marks a critical subpacket.
            result.append((value[value.startIndex] & 0x7f, value.dropFirst()))
            rest = rest.dropFirst(length)
        }
        return result
    }
}
