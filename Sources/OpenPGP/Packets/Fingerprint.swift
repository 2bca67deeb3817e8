/// The fingerprint of a version 4 key: 20 octets.
///
/// - SeeAlso: [RFC 9580 §5.5.4.2](https://www.rfc-editor.org/rfc/rfc9580#section-5.5.4.2)
public struct Fingerprint: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The octets.
    public let bytes: [UInt8]

    /// Makes a fingerprint from 20 octets; nil for another number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 20 else { return nil }
        self.bytes = bytes
    }

    /// Parses 40 hexadecimal digits in any case; nil for other text.
    public init?(hex: String) {
        guard hex.utf8.count == 40, let bytes = Hexadecimal.decode(hex) else { return nil }
        self.bytes = bytes
    }

    /// The fingerprint as 40 hexadecimal digits in upper case.
    public var description: String { Hexadecimal.encode(bytes) }

    /// The key id, which is the last eight octets.
    public var keyID: KeyID { KeyID(rawValue: bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }) }
}
