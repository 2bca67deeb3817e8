/// The eight octets by which packets refer to a key.
///
/// It only helps to find a key. Two keys can have the same key id, so a key id alone
/// proves nothing.
///
/// - SeeAlso: [RFC 9580 §5.5.4](https://www.rfc-editor.org/rfc/rfc9580#section-5.5.4)
public struct KeyID: Sendable, Hashable, CustomStringConvertible {
    /// The octets as a big-endian number.
    public let rawValue: UInt64

    /// Makes a key id from its octets as a big-endian number.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Whether it is the wildcard, all zero, of a hidden recipient.
    ///
    /// - SeeAlso: [RFC 9580 §5.1.8](https://www.rfc-editor.org/rfc/rfc9580#section-5.1.8)
    public var isHidden: Bool { rawValue == 0 }

    /// The octets, most significant first.
    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: rawValue >> (56 - 8 * $0)) }
    }

    /// The key id as 16 hexadecimal digits in upper case.
    public var description: String { Hexadecimal.encode(bytes) }
}
