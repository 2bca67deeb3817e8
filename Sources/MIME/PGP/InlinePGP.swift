/// An OpenPGP message in the text of a mail, as mail programs wrote it before PGP/MIME.
///
/// The caller must accept exactly one armor block: a mail program shows text around the
/// block as if it were signed, and two blocks as if they were one. The signed data is a
/// text and not a MIME entity, so nothing proves that it was written as mail.
///
/// - SeeAlso: [RFC 9580 §6.2](https://www.rfc-editor.org/rfc/rfc9580#section-6.2)
public struct InlinePGP: Sendable {
    /// The body without its transfer encoding; it may still be something else than armor.
    public let message: [UInt8]

    /// Reads the root of a message, or returns nil unless its text begins with armor.
    ///
    /// - Parameters:
    ///   - root: A part without children.
    ///   - limit: The largest decoded text, in octets.
    public init?(_ root: Part, limit: Int) {
        guard root.children.isEmpty, root.contentType.isType("text", "plain"),
            let body = try? root.decodedBody(limit: limit),
            body.drop(while: { ASCII.isBlank($0) || ASCII.crlf.contains($0) })
                .starts(with: "-----BEGIN PGP MESSAGE".utf8)
        else { return nil }
        message = body
    }

    /// The decrypted text as a new MIME entity, or nil if it may not be used as text.
    ///
    /// Control characters are refused, because they move the cursor of a terminal. Text that
    /// is not UTF-8 is read as windows-1252: the charset parameter stands in the outer header,
    /// where anybody could change it and with it what the author said. A text that is itself
    /// a signed MIME entity is refused: it is a mail with its own addressee, and a reader
    /// would not see that in a text.
    public func entity(of text: [UInt8]) -> [UInt8]? {
        guard
            let decoded = String(validating: text, as: UTF8.self)
                ?? Charset.decode(text, named: "windows-1252"),
            !decoded.unicodeScalars.contains(where: Self.isForbidden),
            !Self.isEntity(decoded)
        else { return nil }
        return Entity(content: .text(decoded)).serialized()
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a, 0x0d: false
        case 0..<0x20, 0x7f..<0xa0: true
        default: false
        }
    }

    // Checks each line of the first paragraph, so that no other parser finds a header in it.
    private static func isEntity(_ text: String) -> Bool {
        for line in text.utf8.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false) {
            if let colon = line.prefix(64).firstIndex(of: ASCII.colon) {
                let name = Array(line[..<colon])[...].trimmingBlanks()
                let text = ASCII.lowercased(String(decoding: name, as: UTF8.self))
                // "Content-wise, I would say:" is a sentence.
                if text.hasPrefix("content-") || text == "mime-version",
                    !name.contains(where: ASCII.isBlank)
                {
                    return true
                }
            }
            if line.allSatisfy({ ASCII.isBlank($0) || $0 == ASCII.carriageReturn }) { break }
        }
        return false
    }
}
