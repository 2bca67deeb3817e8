import SMTP

/// The name of one message, with its angle brackets: `<id@domain>`.
///
/// - SeeAlso: [RFC 5322 §3.6.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4)
public struct MessageID: Sendable, Hashable, CustomStringConvertible {
    /// The identifier with its brackets.
    public let text: String

    /// Octets with brackets: what fits on one line behind the field's name.
    public static let maximumLength = 900

    /// Takes the value of a Message-ID field, or returns nil.
    ///
    /// Wider than the grammar, which much software ignores: any visible ASCII
    /// around an `@`, but no bracket and no blank inside. What is copied into
    /// In-Reply-To can therefore be nothing but one identifier.
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

    /// The identifiers of a References or In-Reply-To field; what is none is passed over.
    public static func list(_ value: String) -> [MessageID] {
        value.split { $0 == " " || $0 == "\t" || $0 == "," }.compactMap { Self(String($0)) }
    }

    /// Makes an identifier of 128 random bits, which says nothing but the domain.
    public static func random(
        domain: String,
        using generator: inout some RandomNumberGenerator
    ) -> MessageID {
        let random = RandomText.hexadecimal(using: &generator)
        return MessageID("<\(random)@\(domain)>") ?? MessageID(random: random)
    }

    // A domain that is no token of a header (it came from a setting) is left out.
    private init(random: String) { text = "<\(random)@\(ListAddressing.gateDomain)>" }

    /// The identifier with its brackets.
    public var description: String { text }
}
