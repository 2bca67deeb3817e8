/// Gathers the lines of one header into fields.
///
/// - SeeAlso: [RFC 5322 §2.2](https://www.rfc-editor.org/rfc/rfc5322#section-2.2)
struct HeaderReader {
    private let start: Int
    private let isRoot: Bool
    private var fields: [HeaderField] = []
    private var fieldStart: Int?
    private var fieldEnd = 0
    /// Names, in lower case, that may not come again.
    private var seen: Set<String> = []

    init(start: Int, isRoot: Bool) {
        self.start = start
        self.isRoot = isRoot
    }

    /// Whether anything stood before the blank line.
    var hasLines: Bool { fieldStart != nil }

    /// Takes a line that is not empty.
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

    /// The fields, once the header has ended.
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
        // A colon in a folded line is no field's: the name stands on the first.
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
        // Python's `email` ends the header at `From : x`. That a note is lost to
        // such a reader does no harm; who wrote and what the parts are would.
        guard !isJudged || name.endIndex == colon else {
            throw MIMEError(.fieldNameInvalid, at: begin)
        }
        fields.append(HeaderField(name: text, rawValue: Array(source[colon + 1..<fieldEnd])))
    }

    /// Whether something is judged by that field, which then may stand once.
    private mutating func noteName(_ name: String, at offset: Int) throws(MIMEError) -> Bool {
        guard Self.onceInPart.contains(name) || (isRoot && Self.onceInMessage.contains(name)) else {
            return false
        }
        guard seen.insert(name).inserted else { throw MIMEError(.fieldRepeated, at: offset) }
        return true
    }

    // Which of two wins, readers decide differently. RFC 2045 §3 and §4.
    private static let onceInPart: Set<String> = [
        "content-transfer-encoding", "content-type", "mime-version",
    ]
    // RFC 5322 §3.6, the table of how often a field may occur.
    private static let onceInMessage: Set<String> = [
        "cc", "date", "from", "in-reply-to", "message-id", "references", "reply-to", "sender",
        "subject", "to",
    ]
}
