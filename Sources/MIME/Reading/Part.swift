/// One body part of a message, as the exact octets that were received.
///
/// A part never owns or copies its octets: it is a range of the message, so
/// what is verified, hashed or copied on is what came in and nothing that was
/// written again. RFC 2046 §5.1.1 gives the line break before a delimiter to the
/// delimiter: it belongs to no part.
public struct Part: Sendable {
    /// The fields of the part's own header, in order.
    public let headerFields: [HeaderField]
    /// What the part is.
    public let contentType: ContentType
    /// The parts of a multipart; none for everything else, message/rfc822 included.
    public let children: [Part]
    /// How the lines of the message end.
    public let lineEnding: LineEnding

    private let source: [UInt8]
    private let range: Range<Int>
    private let bodyStart: Int

    init(
        source: [UInt8],
        range: Range<Int>,
        bodyStart: Int,
        headerFields: [HeaderField],
        contentType: ContentType,
        children: [Part],
        lineEnding: LineEnding
    ) {
        self.source = source
        self.range = range
        self.bodyStart = bodyStart
        self.headerFields = headerFields
        self.contentType = contentType
        self.children = children
        self.lineEnding = lineEnding
    }

    /// The whole part, header included, without the line break of the next delimiter.
    public var bytes: ArraySlice<UInt8> { source[range] }

    /// What stands behind the blank line, still encoded; empty if there is none.
    public var body: ArraySlice<UInt8> { source[bodyStart..<range.upperBound] }

    /// All fields of that name, in order.
    public func fields(named name: String) -> [HeaderField] {
        headerFields.filter { $0.isNamed(name) }
    }

    /// The first field of that name, or nil.
    public func field(named name: String) -> HeaderField? {
        headerFields.first { $0.isNamed(name) }
    }

    /// This part and all parts inside it, each before its children.
    public var selfAndDescendants: [Part] {
        var result: [Part] = []
        var pending = [self]
        while let part = pending.popLast() {
            result.append(part)
            pending.append(contentsOf: part.children.reversed())
        }
        return result
    }

    /// The body without its Content-Transfer-Encoding.
    ///
    /// Strict: octets that the encoding does not allow are an error, because
    /// decoders that skip them disagree about what was said.
    ///
    /// - Parameter limit: Octets that the caller takes.
    /// - Returns: The decoded octets; line breaks stay as they were received.
    /// - Throws: ``MIMEError`` with an offset into the body.
    /// - SeeAlso: [RFC 2045 §6](https://www.rfc-editor.org/rfc/rfc2045#section-6)
    public func decodedBody(limit: Int) throws(MIMEError) -> [UInt8] {
        guard let encoding = TransferEncoding(self) else {
            throw MIMEError(.transferEncodingUnknown, at: 0)
        }
        return try encoding.decode(body, limit: limit)
    }

    /// The text of a text part, in Unicode, with LF between its lines.
    ///
    /// - Parameter limit: Octets that the caller takes, before the character set.
    /// - Returns: Nil if the part is no text, its character set is unknown, or
    ///   its octets are not of that set.
    /// - Throws: ``MIMEError`` as ``decodedBody(limit:)`` does.
    public func decodedText(limit: Int) throws(MIMEError) -> String? {
        guard contentType.type == "text" else { return nil }
        // RFC 6657 §3: without a charset, text/plain is US-ASCII. Everybody
        // writes UTF-8 there, which is the same where it is legal.
        let charset = contentType.parameter("charset") ?? "utf-8"
        let octets = try decodedBody(limit: limit)
        return Charset.decode(octets, named: charset)?.replacing("\r\n", with: "\n")
    }
}
