/// What a server answers: a reply code, an enhanced status code, and lines.
///
/// The only thing of a decision that ever reaches a peer, so its text is
/// generic. Control characters and what is not ASCII become `?`, and lines are
/// cut at 400 octets: whatever is put in, it stays one reply.
///
/// - SeeAlso: [RFC 5321 §4.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.2)
public struct SMTPReply: Sendable, Hashable, CustomStringConvertible {
    /// The three digits, 200 to 599.
    public let code: Int
    /// The enhanced status code, where there is one.
    public let enhanced: EnhancedStatusCode?
    /// The texts, one a line, at least one.
    public let lines: [String]

    /// Octets of one line of text.
    ///
    /// RFC 5321 §4.5.3.1.5 allows 512 with all.
    public static let maximumLineLength = 400
    /// libmilter takes no more lines than these.
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

    /// Reads the lines of a reply as a client receives them, without CRLF.
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

    /// The codes alone: texts of others can quote addresses.
    public var status: String {
        "\(code)" + (enhanced.map { " \($0)" } ?? "")
    }

    /// Whether the peer need not come again.
    public var isSuccess: Bool { code < 400 }
    /// Whether trying again is useless.
    public var isPermanent: Bool { code >= 500 }

    /// The reply with a reference behind its last line, for `listseal log REF`.
    public func withReference(_ reference: String) -> Self {
        guard !reference.isEmpty, let last = lines.last else { return self }
        return Self(
            code: code,
            enhanced: enhanced,
            lines: lines.dropLast() + [last + " (ref \(reference))"]
        )
    }

    /// The lines as they go over the wire, without CRLF.
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
