public import SMTP

/// A person or a list in an address field: a display name and an address.
///
/// - SeeAlso: [RFC 5322 §3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4)
public struct Mailbox: Sendable, Hashable, CustomStringConvertible {
    /// The display name, RFC 2047 decoded; it proves nothing, because the author chooses it.
    public let displayName: String?
    /// The address to which mail goes.
    public let address: EmailAddress

    /// Makes a mailbox; ``description`` replaces control characters in the name by spaces.
    public init(displayName: String? = nil, address: EmailAddress) {
        self.displayName = displayName
        self.address = address
    }

    /// Parses the value of an address field such as From, To or Cc, with its groups flattened.
    ///
    /// Comments are skipped. The result is nil if any part cannot be read, because the next
    /// reader could find other people in a list that we read only partly: an address with a
    /// comment inside, a route, a group in a group, octets that are not UTF-8, or more than
    /// ``MIMELimits/addresses``.
    ///
    /// - Complexity: O(n), without recursion: 50,000 nested groups in 100 KB crashed
    ///   another parser.
    public static func list(_ value: String, limits: MIMELimits = .standard) -> [Mailbox]? {
        let (tokens, isComplete) = HeaderLexer.tokens(
            of: value,
            specials: HeaderLexer.addressSpecials
        )
        guard isComplete, !tokens.isEmpty else { return nil }
        var parser = AddressListParser(tokens, limits: limits)
        return parser.parse()
    }

    /// The mailbox as it stands in a header field, in ASCII if the address is ASCII.
    ///
    /// A name that contains an address, or text like an encoded word, is encoded. So neither
    /// a reader nor a filter that searches the field for an address finds a wrong one.
    /// Other specials are quoted.
    public var description: String {
        let name = DisplayText.singleLine(displayName ?? "")
            .split(separator: " ").joined(separator: " ")
        guard !name.isEmpty else { return address.description }
        return Self.phrase(name) + " <\(address)>"
    }

    // RFC 5322 §3.2.5: phrase = 1*word; a word is an atom or a quoted string.
    private static func phrase(_ name: String) -> String {
        guard name.utf8.allSatisfy({ (0x20...0x7e).contains($0) }),
            name.utf8.count <= maximumQuotedLength,
            !name.utf8.contains(where: { [ASCII.at, ASCII.less, ASCII.greater].contains($0) }),
            !name.contains("=?")
        else { return EncodedWord.encode(name) }
        let isPlain = name.utf8.allSatisfy {
            ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.space || $0 == ASCII.dash
        }
        return isPlain
            ? name
            : "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Longer names are encoded, because encoded words can be folded between any two words.
    private static let maximumQuotedLength = 60
}
