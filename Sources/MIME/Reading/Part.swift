/// One part of a message, as the exact octets that were received.
///
/// A part is a range of the message and has no octets of its own, so the octets that are
/// verified, hashed or copied are those that came in. The line break before a delimiter
/// belongs to the delimiter and to no part (RFC 2046 §5.1.1).
public struct Part: Sendable {
    /// The fields of the part's own header, in order.
    public let headerFields: [HeaderField]
    /// The media type of the part.
    public let contentType: ContentType
    /// The parts of a multipart; empty for all other types, message/rfc822 included.
    public let children: [Part]
    /// The line ending of the message.
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

    /// The whole part with its header, without the line break before the next delimiter.
    public var bytes: ArraySlice<UInt8> { source[range] }

    /// The octets after the blank line, still encoded; empty if there are none.
    public var body: ArraySlice<UInt8> { source[bodyStart..<range.upperBound] }

    /// All fields with this name, in order.
    public func fields(named name: String) -> [HeaderField] {
        headerFields.filter { $0.isNamed(name) }
    }

    /// The first field with this name, or nil.
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

    /// The body, with its Content-Transfer-Encoding decoded.
    ///
    /// Octets that the encoding does not allow are an error: decoders that skip them
    /// produce different texts.
    ///
    /// - Parameter limit: The largest result, in octets.
    /// - Returns: The decoded octets; line breaks stay as they were received.
    /// - Throws: ``MIMEError`` with an offset into the body, if the encoding is unknown, the
    ///   body is malformed, or the result exceeds the limit.
    /// - SeeAlso: [RFC 2045 §6](https://www.rfc-editor.org/rfc/rfc2045#section-6)
    public func decodedBody(limit: Int) throws(MIMEError) -> [UInt8] {
        guard let encoding = TransferEncoding(self) else {
            throw MIMEError(.transferEncodingUnknown, at: 0)
        }
        return try encoding.decode(body, limit: limit)
    }

    /// The decoded text of a text part, with LF between its lines.
    ///
    /// - Parameter limit: The largest body, in octets, before the character set is decoded.
    /// - Returns: The text, or nil if the part is not text, its character set is unknown, or
    ///   its octets are not valid in that set.
    /// - Throws: ``MIMEError`` as ``decodedBody(limit:)`` does.
    public func decodedText(limit: Int) throws(MIMEError) -> String? {
        guard contentType.type == "text" else { return nil }
        // RFC 6657 §3: without a charset, text/plain is US-ASCII. Programs write UTF-8
        // there, and US-ASCII is a subset of it.
        let charset = contentType.parameter("charset") ?? "utf-8"
        let octets = try decodedBody(limit: limit)
        return Charset.decode(octets, named: charset)?.replacing("\r\n", with: "\n")
    }
}
