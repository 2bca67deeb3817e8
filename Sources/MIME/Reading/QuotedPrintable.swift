/// The quoted-printable transfer encoding.
///
/// - SeeAlso: [RFC 2045 §6.7](https://www.rfc-editor.org/rfc/rfc2045#section-6.7)
enum QuotedPrintable {
    /// Decodes strictly; lower case digits are accepted, as RFC 2045 recommends.
    ///
    /// Blanks at the end of a line were added in transport (rule 3) and are removed. The
    /// blanks of an encoded word stay: they were underscores.
    static func decode(
        _ body: ArraySlice<UInt8>,
        limit: Int,
        keepsTrailingBlanks: Bool = false
    ) throws(MIMEError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(min(body.count, limit))
        var position = body.startIndex
        while position < body.endIndex {
            let lineFeed = body[position...].firstIndex(of: ASCII.lineFeed)
            var contentEnd = lineFeed ?? body.endIndex
            let next = lineFeed.map { $0 + 1 } ?? body.endIndex
            if lineFeed != nil, contentEnd > position,
                body[contentEnd - 1] == ASCII.carriageReturn
            {
                contentEnd -= 1
            }
            var line = body[position..<contentEnd]
            while !keepsTrailingBlanks, let last = line.last, ASCII.isBlank(last) {
                line = line.dropLast()
            }
            let isSoft = try decode(line, into: &result, bodyStart: body.startIndex)
            if !isSoft { result.append(contentsOf: body[contentEnd..<next]) }
            guard result.count <= limit else {
                throw MIMEError(.bodyTooLarge, at: position - body.startIndex)
            }
            position = next
        }
        return result
    }

    /// Encodes text so that no MTA changes it, ready to be signed.
    ///
    /// RFC 3156 §3: blanks at the end of a line and `From ` at its start are encoded,
    /// lines have at most 76 characters, and everything is ASCII. The lines of the given
    /// text must end with CRLF.
    static func encode(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var lineStart = 0
        var position = 0
        while position < text.count {
            let octet = text[position]
            if octet == ASCII.carriageReturn, position + 1 < text.count,
                text[position + 1] == ASCII.lineFeed
            {
                result.append(contentsOf: ASCII.crlf)
                lineStart = result.count
                position += 2
                continue
            }
            let isLast =
                position + 1 == text.count
                || (position + 2 < text.count && text[position + 1] == ASCII.carriageReturn
                    && text[position + 2] == ASCII.lineFeed)
            let atStart = result.count == lineStart
            let isLiteral =
                ASCII.isBlank(octet) && !isLast
                || ASCII.isVisible(octet) && octet != ASCII.equals
                    && !(atStart && (octet == dot || text[position...].starts(with: fromLine)))
            let unit = isLiteral ? [octet] : [ASCII.equals] + ASCII.hex(octet)
            // One column is reserved for the `=` of a soft line break.
            if result.count - lineStart + unit.count > maximumLineLength - 1 {
                result.append(ASCII.equals)
                result.append(contentsOf: ASCII.crlf)
                lineStart = result.count
                // The octet is examined again, now at the start of a line.
                continue
            }
            result.append(contentsOf: unit)
            position += 1
        }
        return result
    }

    private static let maximumLineLength = 76
    private static let dot: UInt8 = 0x2e
    private static let fromLine = Array("From ".utf8)

    /// Decodes one line; returns true if it ends with a soft line break.
    private static func decode(
        _ line: ArraySlice<UInt8>,
        into result: inout [UInt8],
        bodyStart: Int
    ) throws(MIMEError) -> Bool {
        var position = line.startIndex
        while position < line.endIndex {
            let octet = line[position]
            guard octet == ASCII.equals else {
                guard ASCII.isBlank(octet) || ASCII.isVisible(octet) else {
                    throw MIMEError(.quotedPrintableInvalid, at: position - bodyStart)
                }
                result.append(octet)
                position += 1
                continue
            }
            if position + 1 == line.endIndex { return true }
            guard position + 2 < line.endIndex, let high = ASCII.hexValue(line[position + 1]),
                let low = ASCII.hexValue(line[position + 2])
            else { throw MIMEError(.quotedPrintableInvalid, at: position - bodyStart) }
            result.append(high << 4 | low)
            position += 3
        }
        return false
    }
}
