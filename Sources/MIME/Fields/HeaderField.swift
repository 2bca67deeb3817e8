/// One header field, with its value as it was received.
///
/// - SeeAlso: [RFC 5322 §2.2](https://www.rfc-editor.org/rfc/rfc5322#section-2.2)
/// - SeeAlso: [RFC 6532 §3.2](https://www.rfc-editor.org/rfc/rfc6532#section-3.2)
public struct HeaderField: Sendable, Hashable {
    /// The name as written, without blanks before the colon.
    public let name: String
    /// The octets after the colon, with their folds, without the last line break.
    public let rawValue: [UInt8]

    init(name: String, rawValue: [UInt8]) {
        self.name = name
        self.rawValue = rawValue
    }

    /// The value on one line, without blanks at both ends, not decoded.
    ///
    /// Unfolding removes the line breaks and nothing else (RFC 5322 §2.2.3).
    /// Octets that are not UTF-8 become U+FFFD, which no address may contain.
    public var value: String {
        let unfolded = rawValue.filter { $0 != ASCII.carriageReturn && $0 != ASCII.lineFeed }
        return String(decoding: unfolded[...].trimmingBlanks(), as: UTF8.self)
    }

    /// The value as a person reads it, RFC 2047 decoded, without control characters.
    ///
    /// Use it for display only. An encoded word can contain an address, a comma or a
    /// line break, so structured fields must be parsed from ``value``.
    public var decodedValue: String { DisplayText.clean(EncodedWord.decode(value)) }

    /// Whether the field has this name, in any case of its letters.
    public func isNamed(_ name: String) -> Bool { ASCII.equal(self.name, name) }

    /// Whether the field is structural by RFC 9787 §1.1.1: it says how to read the body.
    public var isStructural: Bool { isNamed("MIME-Version") || isContentField }

    /// Whether the field describes the body of a part: its name starts with `Content-`.
    ///
    /// - SeeAlso: [RFC 2045 §9](https://www.rfc-editor.org/rfc/rfc2045#section-9)
    public var isContentField: Bool { ASCII.lowercased(name.prefix(8)) == "content-" }
}
