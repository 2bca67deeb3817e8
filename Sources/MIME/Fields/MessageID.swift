import SMTP

/// The unique identifier of a message, with its angle brackets: `<id@domain>`.
///
/// - SeeAlso: [RFC 5322 §3.6.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4)
public struct MessageID: Sendable, Hashable, CustomStringConvertible {
    /// The identifier with its brackets.
    public let text: String

    /// The largest length in octets, brackets included, so that it fits on one line.
    public static let maximumLength = 900

    /// Reads the value of a Message-ID field, or returns nil.
    ///
    /// It accepts more than the grammar, because much software ignores the grammar: any
    /// visible ASCII around an `@`, but no angle bracket and no blank inside. So a text that
    /// is copied into In-Reply-To is always exactly one identifier.
    public init?(_ value: String) {
        let bytes = Array(value.utf8)[...].trimmingBlanks()
        guard bytes.count <= Self.maximumLength, bytes.first == ASCII.less,
            bytes.last == ASCII.greater, bytes.count > 2
        else { return nil }
        let inside = bytes.dropFirst().dropLast()
        guard
            inside.allSatisfy({
                ASCII.isVisible($0) && $0 != ASCII.less && $0 != ASCII.greater
            }), let at = inside.firstIndex(of: ASCII.at), at > inside.startIndex,
            inside.last != ASCII.at
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The identifiers in a References or In-Reply-To field; other text is skipped.
    public static func list(_ value: String) -> [MessageID] {
        value.split { $0 == " " || $0 == "\t" || $0 == "," }.compactMap { Self(String($0)) }
    }

    /// Makes an identifier of 128 random bits, which reveals only the domain.
    public static func random(
        domain: String,
        using generator: inout some RandomNumberGenerator
    ) -> MessageID {
        let random = RandomText.hexadecimal(using: &generator)
        return MessageID("<\(random)@\(domain)>") ?? MessageID(random: random)
    }

    // The domain comes from a setting. One that is not valid in a header is replaced.
    private init(random: String) { text = "<\(random)@\(ListAddressing.gateDomain)>" }

    /// The identifier with its brackets.
    public var description: String { text }
}
