extension Part {
    /// The part without message headers, as octets for ``Entity/Content/raw(_:)``.
    ///
    /// Only the `Content-*` fields, as they were written, and the body are kept: the
    /// author's From, Subject, Received and Autocrypt fields must not go into a copy. The
    /// result has CRLF line breaks because we put it into CRLF text; a signature inside
    /// covers CRLF anyway.
    ///
    /// A body with `Content-Transfer-Encoding: binary` in a message of LF lines would
    /// change. Mail programs use base64 for such bodies.
    public var contentEntity: [UInt8] {
        var result: [UInt8] = []
        for field in headerFields where field.isContentField {
            result.append(contentsOf: field.name.utf8)
            result.append(ASCII.colon)
            result.append(contentsOf: field.rawValue)
            result.append(contentsOf: ASCII.crlf)
        }
        result.append(contentsOf: ASCII.crlf)
        result.append(contentsOf: body)
        return switch lineEnding {
        case .crlf: result
        case .lf: LineEndings.canonical(result)
        }
    }
}
