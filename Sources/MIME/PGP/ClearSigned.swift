/// A text with a cleartext signature, as mail programs wrote it before PGP/MIME.
///
/// It is read more strictly than gpg reads it. gpg accepts text around the block and lines
/// that were not signed as they stand. Here the body must be one block and nothing else,
/// with no header but `Hash` and no control characters. The signed octets are rebuilt
/// here, and only they are used further.
///
/// - SeeAlso: [RFC 9580 §7](https://www.rfc-editor.org/rfc/rfc9580#section-7)
public struct ClearSigned: Sendable {
    /// The octets that the signature covers: CRLF lines without blanks at their ends.
    public let signedBytes: [UInt8]
    /// The signature in armor, not checked yet.
    public let signature: [UInt8]

    /// Reads the root of a message, or returns nil unless its body is exactly such a text.
    public init?(_ root: Part, limit: Int) {
        guard root.children.isEmpty, root.contentType.isType("text", "plain"),
            let body = try? root.decodedBody(limit: limit)
        else { return nil }
        // Most bodies are not clear-signed; checking the first line avoids splitting them.
        guard
            body.drop(while: { ASCII.isBlank($0) || ASCII.crlf.contains($0) })
                .starts(with: Self.begin)
        else { return nil }
        var lines = body.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false)
            .map { $0.last == ASCII.carriageReturn ? $0.dropLast() : $0 }[...]
        while lines.first.map(Self.isBlank) ?? false { lines.removeFirst() }
        guard let first = lines.popFirst(), first.elementsEqual(Self.begin),
            let gap = lines.firstIndex(where: \.isEmpty),
            lines[..<gap].allSatisfy({ $0.starts(with: "Hash:".utf8) }),
            let end = lines.firstIndex(where: { $0.elementsEqual(Self.beginSignature) }), end > gap
        else { return nil }
        var signed: [UInt8] = []
        for line in lines[(gap + 1)..<end] {
            // RFC 9580 §7.1: a line that begins with a dash is written with "- " before it.
            var text = line
            if text.first == UInt8(ascii: "-") {
                guard text.starts(with: "- ".utf8) else { return nil }
                text = text.dropFirst(2)
            }
            guard text.count <= SignedEntity.maximumLineLength,
                !text.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f })
            else { return nil }
            while text.last.map(ASCII.isBlank) ?? false { text = text.dropLast() }
            if !signed.isEmpty || line.startIndex != lines[gap + 1].startIndex {
                signed.append(contentsOf: ASCII.crlf)
            }
            signed.append(contentsOf: text)
        }
        var armor: [UInt8] = []
        for line in lines[end...] {
            armor.append(contentsOf: line)
            armor.append(contentsOf: ASCII.crlf)
        }
        signedBytes = signed
        signature = armor
    }

    /// The text as a new MIME entity, or nil if it is neither UTF-8 nor windows-1252.
    public var entity: [UInt8]? {
        guard
            let text = String(validating: signedBytes, as: UTF8.self)
                ?? Charset.decode(signedBytes, named: "windows-1252")
        else { return nil }
        return Entity(content: .text(text)).serialized()
    }

    private static let begin = Array("-----BEGIN PGP SIGNED MESSAGE-----".utf8)
    private static let beginSignature = Array("-----BEGIN PGP SIGNATURE-----".utf8)

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy(ASCII.isBlank)
    }
}
