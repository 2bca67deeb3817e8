extension Part {
    /// The content alone, as octets for ``Entity/Content/raw(_:)``.
    ///
    /// The `Content-*` fields as they were written and the body, nothing else: an
    /// author's From, Subject, Received or Autocrypt do not travel on inside a
    /// copy. In CRLF, since it becomes part of what we write in CRLF; a signature
    /// inside is over CRLF anyway.
    ///
    /// A body under `Content-Transfer-Encoding: binary` in a message of LF lines
    /// would change; mail programs write base64 there.
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
