/// Collects the lines of one header into fields.
///
/// - SeeAlso: [RFC 5322 §2.2](https://www.rfc-editor.org/rfc/rfc5322#section-2.2)
struct HeaderReader {
    private let start: Int
    private let isRoot: Bool
    private var fields: [HeaderField] = []
    private var fieldStart: Int?
    private var fieldEnd = 0
    /// The names, in lower case, of fields that must not be repeated.
    private var seen: Set<String> = []

    init(start: Int, isRoot: Bool) {
        self.start = start
        self.isRoot = isRoot
    }

    /// Whether the header has any line yet.
    var hasLines: Bool { fieldStart != nil }

    /// Adds a line that is not empty.
    ///
    /// - Throws: ``MIMEError`` for a header over a limit, a NUL, or a malformed line.
    mutating func take(
        _ line: SourceLine,
        in source: [UInt8],
        limits: MIMELimits
    ) throws(MIMEError) {
        guard line.end - start <= limits.headerOctets else {
            throw MIMEError(.headerTooLong, at: line.start)
        }
        if let nul = source[line.start..<line.contentEnd].firstIndex(of: ASCII.nul) {
            throw MIMEError(.nulInHeader, at: nul)
        }
        if ASCII.isBlank(source[line.start]) {
            guard fieldStart != nil else { throw MIMEError(.foldWithoutField, at: line.start) }
        } else {
            try endField(in: source, limits: limits)
            fieldStart = line.start
        }
        fieldEnd = line.contentEnd
    }

    /// Ends the header and returns its fields.
    ///
    /// - Throws: ``MIMEError`` if the last field is malformed, repeated or over a limit.
    mutating func finish(
        in source: [UInt8],
        limits: MIMELimits
    ) throws(MIMEError) -> [HeaderField] {
        try endField(in: source, limits: limits)
        return fields
    }

    private mutating func endField(in source: [UInt8], limits: MIMELimits) throws(MIMEError) {
        guard let begin = fieldStart else { return }
        guard fields.count < limits.headerFields else {
            throw MIMEError(.tooManyHeaderFields, at: begin)
        }
        // The name must stand on the first line; a colon on a folded line does not count.
        let field = source[begin..<fieldEnd]
        let firstLine = field.prefix {
            $0 != ASCII.carriageReturn && $0 != ASCII.lineFeed
        }
        guard let colon = firstLine.firstIndex(of: ASCII.colon) else {
            throw MIMEError(.fieldWithoutColon, at: begin)
        }
        // RFC 5322 §4.5 (obs-optional): blanks before the colon.
        var name = source[begin..<colon]
        while let last = name.last, ASCII.isBlank(last) { name = name.dropLast() }
        guard !name.isEmpty, name.allSatisfy(ASCII.isVisible) else {
            throw MIMEError(.fieldNameInvalid, at: begin)
        }
        let text = String(decoding: name, as: UTF8.self)
        let isJudged = try noteName(ASCII.lowercased(text), at: begin)
        // Python's `email` ends the header at `From : x`. Such a reader may miss an
        // unimportant field, but not one that names the author or describes the parts.
        guard !isJudged || name.endIndex == colon else {
            throw MIMEError(.fieldNameInvalid, at: begin)
        }
        fields.append(HeaderField(name: text, rawValue: Array(source[colon + 1..<fieldEnd])))
    }

    /// Whether a decision depends on this field; such a field must not be repeated.
    private mutating func noteName(_ name: String, at offset: Int) throws(MIMEError) -> Bool {
        guard Self.onceInPart.contains(name) || (isRoot && Self.onceInMessage.contains(name)) else {
            return false
        }
        guard seen.insert(name).inserted else { throw MIMEError(.fieldRepeated, at: offset) }
        return true
    }

    // RFC 2045 §3 and §4: of two such fields readers choose different ones.
    private static let onceInPart: Set<String> = [
        "content-transfer-encoding", "content-type", "mime-version",
    ]
    // RFC 5322 §3.6: the table of how often a field may occur.
    private static let onceInMessage: Set<String> = [
        "cc", "date", "from", "in-reply-to", "message-id", "references", "reply-to", "sender",
        "subject", "to",
    ]
}
