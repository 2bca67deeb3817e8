public import SMTP

/// A person or a list in an address field: a display name and an address.
///
/// - SeeAlso: [RFC 5322 §3.4](https://www.rfc-editor.org/rfc/rfc5322#section-3.4)
public struct Mailbox: Sendable, Hashable, CustomStringConvertible {
    /// What a person reads, RFC 2047 decoded; proves nothing, anybody may write anything.
    public let displayName: String?
    /// Where mail goes.
    public let address: EmailAddress

    /// Makes a mailbox; control characters of the name are taken out when it is written.
    public init(displayName: String? = nil, address: EmailAddress) {
        self.displayName = displayName
        self.address = address
    }

    /// Parses the value of From, To, Cc … with its groups flattened.
    ///
    /// Comments are skipped. Nil if anything is not understood, because a list
    /// that is half read names other people than the next reader sees: an
    /// address with a comment inside, a route, a group in a group, an octet that
    /// is no UTF-8, more than ``MIMELimits/addresses``.
    ///
    /// - Complexity: O(n), without recursion: 50,000 nested groups in 100 KB ended
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

    /// The mailbox as a header field has it, in ASCII if the address is.
    ///
    /// A name that holds an address, or what looks like an encoded word, is
    /// encoded, so that no reader and no filter that searches the field for an
    /// address finds another one than the real one. Other specials are quoted.
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

    /// Longer names are encoded: encoded words can be folded anywhere.
    private static let maximumQuotedLength = 60
}
