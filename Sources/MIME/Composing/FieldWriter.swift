/// Writes values of header fields: encodes, quotes and folds.
///
/// - SeeAlso: [RFC 5322 §2.1.1](https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1)
enum FieldWriter {
    /// The length at which a line is folded if it has a blank; RFC 2047 §2 asks for 76.
    private static let preferredLineLength = 76
    /// The longest text without a fold; with the field name a line stays below 998.
    private static let maximumPieceLength = 900

    /// Unstructured text in ASCII, encoded by RFC 2047 if necessary.
    static func unstructured(_ text: String) -> String {
        let line = DisplayText.singleLine(text)
        let trimmed = String(decoding: Array(line.utf8)[...].trimmingBlanks(), as: UTF8.self)
        let isPlain =
            trimmed.utf8.allSatisfy { $0 < 0x80 } && !trimmed.contains("=?")
            && pieces(of: trimmed).allSatisfy { $0.utf8.count <= maximumPieceLength }
        return isPlain ? trimmed : EncodedWord.encode(trimmed)
    }

    /// A parameter as `name="value"`, or as `name*=utf-8''value` if it is not ASCII (RFC 2231).
    static func parameter(name: String, value: String) -> String {
        let clean = DisplayText.singleLine(value)
        guard clean.utf8.allSatisfy({ $0 < 0x80 }) else {
            let encoded = clean.utf8.flatMap { octet in
                ASCII.isLetter(octet) || ASCII.isDigit(octet)
                    ? [octet] : [UInt8(ascii: "%")] + ASCII.hex(octet)
            }
            return name + "*=utf-8''" + String(decoding: encoded, as: UTF8.self)
        }
        let quoted = clean.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return name + "=\"" + quoted + "\""
    }

    static func parameter(_ parameter: Entity.Parameter) -> String {
        self.parameter(name: parameter.name, value: parameter.value)
    }

    /// A field with its line break, folded at blanks, in lines of at most 998 octets.
    ///
    /// A fold is written only before blanks that a word follows, so no line is blank:
    /// some readers end the header at a blank line.
    static func folded(name: String, value: String) -> [UInt8] {
        var result = Array(name.utf8.prefix(maximumNameLength)) + [ASCII.colon]
        var lineLength = result.count
        for (index, piece) in pieces(of: " " + value).enumerated() {
            let mustFold = lineLength + piece.utf8.count > preferredLineLength
            // A field name alone on its line is legal but unusual. It is written only before
            // an encoded word, because RFC 2047 §2 limits the length of that line.
            if mustFold, index > 0 || piece.hasPrefix(" =?") {
                result.append(contentsOf: ASCII.crlf)
                lineLength = 0
            }
            for chunk in chunks(of: piece) {
                if chunk.startIndex > piece.startIndex {
                    result.append(contentsOf: ASCII.crlf + [ASCII.space])
                    lineLength = 1
                }
                result.append(contentsOf: chunk.utf8)
                lineLength += chunk.utf8.count
            }
        }
        return result + ASCII.crlf
    }

    private static let maximumNameLength = 76

    /// The words of a text, each with the blanks before it.
    private static func pieces(of text: String) -> [Substring] {
        var result: [Substring] = []
        let scalars = text.unicodeScalars
        var start = scalars.startIndex
        var inWord = false
        for index in scalars.indices {
            let isBlank = scalars[index] == " "
            if isBlank, inWord {
                result.append(text[start..<index])
                start = index
            }
            inWord = !isBlank
        }
        // Blanks at the end are dropped: folded, they would become a line of blanks.
        if inWord { result.append(text[start...]) }
        return result
    }

    /// The piece, cut into chunks that fit into a line of SMTP.
    private static func chunks(of piece: Substring) -> [Substring] {
        guard piece.utf8.count > maximumPieceLength else { return [piece] }
        var result: [Substring] = []
        var start = piece.startIndex
        var length = 0
        for index in piece.unicodeScalars.indices {
            let width = UTF8.width(piece.unicodeScalars[index])
            if length + width > maximumPieceLength {
                result.append(piece[start..<index])
                start = index
                length = 0
            }
            length += width
        }
        result.append(piece[start...])
        return result
    }
}
