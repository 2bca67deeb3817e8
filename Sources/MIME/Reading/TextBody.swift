/// Text of ours as a body that survives every hop unchanged.
///
/// - SeeAlso: [RFC 3156 §3](https://www.rfc-editor.org/rfc/rfc3156#section-3)
struct TextBody {
    /// The encoded text with CRLF.
    let octets: [UInt8]
    /// The Content-Transfer-Encoding.
    let encodingName: String

    /// Any of CRLF, CR and LF ends a line of the text; the last line gets an end too.
    init(_ text: String) {
        var lines: [UInt8] = []
        var previous: UInt8 = 0
        for octet in text.utf8 {
            switch octet {
            case ASCII.lineFeed where previous == ASCII.carriageReturn: break
            case ASCII.lineFeed, ASCII.carriageReturn: lines.append(contentsOf: ASCII.crlf)
            default: lines.append(octet)
            }
            previous = octet
        }
        if let last = lines.last, last != ASCII.lineFeed {
            lines.append(contentsOf: ASCII.crlf)
        }
        let isPlain = Self.isPlain(lines)
        octets = isPlain ? lines : QuotedPrintable.encode(lines)
        encodingName = isPlain ? "7bit" : "quoted-printable"
    }

    // What hops change: long lines are cut, blanks at the end go, `From ` gets a
    // `>` in an mbox, a lone dot ends the message for broken relays.
    private static func isPlain(_ lines: [UInt8]) -> Bool {
        for line in lines.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false) {
            let text = line.last == ASCII.carriageReturn ? line.dropLast() : line
            guard text.count <= maximumLineLength,
                text.allSatisfy({ ASCII.isVisible($0) || ASCII.isBlank($0) }),
                !(text.last.map(ASCII.isBlank) ?? false), !text.starts(with: "From ".utf8),
                text.first != UInt8(ascii: ".")
            else { return false }
        }
        return true
    }

    private static let maximumLineLength = 76
}
