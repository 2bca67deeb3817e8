import SMTP

/// One command line of an LMTP client.
///
/// - SeeAlso: [RFC 2033 §4](https://www.rfc-editor.org/rfc/rfc2033#section-4)
enum LMTPCommand: Sendable, Hashable {
    case hello(String)
    case forward([ESMTPParameter])
    /// The path in its angle brackets, and the parameters after it.
    case mail(path: String, [ESMTPParameter])
    case recipient(path: String, [ESMTPParameter])
    case data
    case reset
    case noOperation
    case verify
    case quit
    /// A known verb with arguments that it does not allow.
    case malformed
    /// A verb that the server does not know; RFC 2033 §4.1 forbids HELO and EHLO.
    case unknown

    /// Parses a line without its CRLF.
    init(_ line: String) {
        let text = Substring(line.reversed().drop { $0 == " " }.reversed())
        let verb = text.prefix { $0 != " " }
        let argument = text.dropFirst(verb.count).drop { $0 == " " }
        switch Self.asciiUppercased(verb) {
        case "LHLO": self = argument.isEmpty ? .malformed : .hello(String(argument))
        case "XFORWARD": self = Self.forward(argument)
        case "MAIL": self = Self.pathCommand(argument, "FROM:") ?? .malformed
        case "RCPT": self = Self.pathCommand(argument, "TO:") ?? .malformed
        case "DATA": self = argument.isEmpty ? .data : .malformed
        case "RSET": self = argument.isEmpty ? .reset : .malformed
        case "NOOP": self = .noOperation
        case "VRFY": self = argument.isEmpty ? .malformed : .verify
        case "QUIT": self = argument.isEmpty ? .quit : .malformed
        default: self = .unknown
        }
    }

    private static func forward(_ argument: Substring) -> Self {
        guard let parameters = ESMTPParameter.parse(argument), !parameters.isEmpty else {
            return .malformed
        }
        return .forward(parameters)
    }

    private static func pathCommand(_ argument: Substring, _ keyword: String) -> Self? {
        let word = argument.prefix(keyword.count)
        guard asciiUppercased(word) == keyword else { return nil }
        // RFC 5321 §3.3 allows no blank after the colon, but many clients send one.
        let rest = argument[word.endIndex...].drop { $0 == " " }
        guard let end = pathEnd(rest) else { return nil }
        let behind = rest[end...]
        guard behind.isEmpty || behind.hasPrefix(" "),
            let parameters = ESMTPParameter.parse(behind)
        else { return nil }
        let path = String(rest[..<end])
        return keyword == "FROM:"
            ? .mail(path: path, parameters) : .recipient(path: path, parameters)
    }

    // The index after the closing bracket, the first `>` outside a quoted local part. A
    // quoted local part may contain `>` and blanks. The search compares scalars: a
    // bracket and a combining mark together are one Character that is not `>`.
    private static func pathEnd(_ text: Substring) -> Substring.Index? {
        let scalars = text.unicodeScalars
        guard scalars.first == "<" else { return nil }
        var isQuoted = false
        var isEscaped = false
        for index in scalars.indices {
            let scalar = scalars[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                isQuoted.toggle()
            } else if !isQuoted, scalar == ">" {
                return scalars.index(after: index)
            }
        }
        return nil
    }

    // String.uppercased() turns U+017F into an ASCII S, so other text stays as it is.
    private static func asciiUppercased(_ text: Substring) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.uppercased() : String(text)
    }
}
