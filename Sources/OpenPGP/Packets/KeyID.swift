/// The eight octets by which packets name a key.
///
/// Only a hint where to look: two keys can share one, so nothing is believed
/// for a key id alone.
///
/// - SeeAlso: [RFC 9580 §5.5.4](https://www.rfc-editor.org/rfc/rfc9580#section-5.5.4)
public struct KeyID: Sendable, Hashable, CustomStringConvertible {
    /// The octets as a big-endian number.
    public let rawValue: UInt64

    /// Takes the number.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Whether the recipient is not named: the wildcard, all zero.
    ///
    /// - SeeAlso: [RFC 9580 §5.1.8](https://www.rfc-editor.org/rfc/rfc9580#section-5.1.8)
    public var isHidden: Bool { rawValue == 0 }

    /// The octets, most significant first.
    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: rawValue >> (56 - 8 * $0)) }
    }

    /// 16 hexadecimal digits in upper case.
    public var description: String { Hexadecimal.encode(bytes) }
}
