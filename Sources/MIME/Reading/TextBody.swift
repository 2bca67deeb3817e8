/// The body of a text that we compose, encoded so that no MTA changes it.
///
/// - SeeAlso: [RFC 3156 §3](https://www.rfc-editor.org/rfc/rfc3156#section-3)
struct TextBody {
    /// The encoded text in CRLF lines.
    let octets: [UInt8]
    /// The Content-Transfer-Encoding.
    let encodingName: String

    /// Encodes a text; CRLF, CR and LF end a line, and the last line gets a line break too.
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

    // Transport changes these: long lines are split, blanks at the end are removed, `From `
    // gets a `>` in an mbox, and a line that begins with a dot can end the message at a
    // broken relay.
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
