/// The reply of an SMTP server: a reply code, an enhanced status code, and text.
///
/// A peer learns nothing of a decision but this reply, so its text is generic.
/// Control characters and characters outside ASCII become `?`, and a line is cut
/// after 400 octets, so that no text can break the reply or start another one.
///
/// - SeeAlso: [RFC 5321 §4.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.2)
public struct SMTPReply: Sendable, Hashable, CustomStringConvertible {
    /// The reply code, 200 to 599.
    public let code: Int
    /// The enhanced status code; nil for replies that have none, such as 220 and 354.
    public let enhanced: EnhancedStatusCode?
    /// The text of each line; at least one line, at most ``maximumLines``.
    public let lines: [String]

    /// The longest text of one line, in octets.
    ///
    /// A whole reply line may have 512 octets with its codes and CRLF.
    ///
    /// - SeeAlso: [RFC 5321 §4.5.3.1.5](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.5)
    public static let maximumLineLength = 400
    /// The most lines of a reply: libmilter accepts no more.
    public static let maximumLines = 32

    /// Makes a reply, with its texts made harmless.
    public init(_ code: Int, _ enhanced: EnhancedStatusCode?, _ lines: String...) {
        self.init(code: code, enhanced: enhanced, lines: lines)
    }

    /// Makes a reply, with its texts made harmless.
    public init(code: Int, enhanced: EnhancedStatusCode?, lines: [String]) {
        self.code = code
        self.enhanced = enhanced
        let clean = lines.prefix(Self.maximumLines).map(Self.printable)
        self.lines = clean.isEmpty ? [""] : Array(clean)
    }

    /// Parses a reply from its lines without CRLF; nil without a code of 200 to 599.
    public init?(wireLines: [String]) {
        guard let first = wireLines.first, let code = Int(first.prefix(3)),
            (200...599).contains(code)
        else { return nil }
        var enhanced: EnhancedStatusCode?
        var lines: [String] = []
        for wireLine in wireLines {
            var text = wireLine.dropFirst(4)
            let word = text.prefix { $0 != " " }
            if let status = EnhancedStatusCode(word) {
                enhanced = enhanced ?? status
                text = text.dropFirst(word.count).drop { $0 == " " }
            }
            lines.append(String(text))
        }
        self.init(code: code, enhanced: enhanced, lines: lines)
    }

    /// Both codes without the text, for a log: the text of a peer can quote an address.
    public var status: String {
        "\(code)" + (enhanced.map { " \($0)" } ?? "")
    }

    /// Whether the code is below 400, so that the peer need not try again.
    public var isSuccess: Bool { code < 400 }
    /// Whether the code is 5xx, so that the peer does not try again.
    public var isPermanent: Bool { code >= 500 }

    /// The reply with a reference at the end of its text, for `listseal log REF`.
    ///
    /// An empty reference changes nothing.
    public func withReference(_ reference: String) -> Self {
        guard !reference.isEmpty, let last = lines.last else { return self }
        return Self(
            code: code,
            enhanced: enhanced,
            lines: lines.dropLast() + [last + " (ref \(reference))"]
        )
    }

    /// The lines as a server sends them, without CRLF.
    public var wireLines: [String] {
        let status = enhanced.map { "\($0) " } ?? ""
        return lines.enumerated().map { index, line in
            "\(code)\(index == lines.count - 1 ? " " : "-")\(status)\(line)"
        }
    }

    /// The reply in one line, for a log.
    public var description: String {
        ["\(code)", enhanced?.description].compactMap(\.self).joined(separator: " ") + " "
            + lines.joined(separator: " / ")
    }

    private static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars.prefix(maximumLineLength) {
            result.unicodeScalars.append((0x20...0x7e).contains(scalar.value) ? scalar : "?")
        }
        return result
    }
}
