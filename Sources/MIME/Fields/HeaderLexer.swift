/// Splits the value of a structured field into words, quoted strings and specials.
///
/// Comments and folding white space are dropped in one pass, without recursion:
/// comments nest (RFC 5322 §3.2.2), and a parser that calls itself for each `(`
/// overflows its stack. Each token records whether it directly follows the one before,
/// because only some readers accept `anne(x)@example.org` as an address.
struct HeaderLexer {
    /// A word, a quoted string or a special.
    struct Token: Equatable {
        enum Kind: Equatable {
            case word(String)
            case quoted(String)
            case special(UInt8)
        }
        let kind: Kind
        /// Whether neither a blank nor a comment stands before it.
        let isGlued: Bool
    }

    /// The specials of RFC 5322 §3.2.3, without the dot, which stays inside words.
    static let addressSpecials = Set("()<>[]:;@\\,\"".utf8)
    /// The tspecials of RFC 2045 §5.1.
    static let typeSpecials = Set("()<>@,;:\\\"/[]?=".utf8)

    private let bytes: [UInt8]
    private let specials: Set<UInt8>
    private var position = 0

    private init(_ text: String, specials: Set<UInt8>) {
        bytes = Array(text.utf8)
        self.specials = specials
    }

    /// The tokens before the first invalid octet, and whether the whole text was read.
    static func tokens(
        of text: String,
        specials: Set<UInt8>
    ) -> (tokens: [Token], isComplete: Bool) {
        var lexer = HeaderLexer(text, specials: specials)
        var tokens: [Token] = []
        while true {
            let start = lexer.position
            guard lexer.skipBlanksAndComments() else { return (tokens, false) }
            if lexer.position == lexer.bytes.count { return (tokens, true) }
            let isGlued = lexer.position == start
            guard let kind = lexer.next() else { return (tokens, false) }
            tokens.append(Token(kind: kind, isGlued: isGlued))
        }
    }

    /// Skips blanks and comments; false if a comment does not end.
    private mutating func skipBlanksAndComments() -> Bool {
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case ASCII.space, ASCII.tab: break
            case ASCII.openParenthesis: depth += 1
            case ASCII.closeParenthesis where depth > 0: depth -= 1
            case ASCII.backslash where depth > 0: position += 1
            case _ where depth == 0: return true
            default: break
            }
            position += 1
        }
        position = min(position, bytes.count)
        return depth == 0
    }

    private mutating func next() -> Token.Kind? {
        let first = bytes[position]
        if first == ASCII.quote { return quotedString() }
        if specials.contains(first) {
            position += 1
            // A backslash outside quotes, or a closing parenthesis without an opening one,
            // is not a token of either grammar.
            return first == ASCII.backslash || first == ASCII.closeParenthesis
                ? nil : .special(first)
        }
        let start = position
        while position < bytes.count, isWord(bytes[position]) { position += 1 }
        guard position > start else { return nil }
        return .word(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func quotedString() -> Token.Kind? {
        var text: [UInt8] = []
        position += 1
        while position < bytes.count {
            let octet = bytes[position]
            position += 1
            switch octet {
            case ASCII.quote: return .quoted(String(decoding: text, as: UTF8.self))
            case ASCII.backslash:
                guard position < bytes.count, Self.isText(bytes[position]) else { return nil }
                text.append(bytes[position])
                position += 1
            case _ where Self.isText(octet): text.append(octet)
            default: return nil
            }
        }
        return nil
    }

    private func isWord(_ octet: UInt8) -> Bool {
        octet > ASCII.space && octet != 0x7f && !specials.contains(octet)
    }

    private static func isText(_ octet: UInt8) -> Bool {
        octet == ASCII.tab || (octet >= ASCII.space && octet != 0x7f)
    }
}
