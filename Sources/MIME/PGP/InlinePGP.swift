/// An OpenPGP message as the text of a mail, as it was done before PGP/MIME.
///
/// One armor block and nothing else, or it is no such mail: text around the block
/// is read as if it were signed, and two blocks as if they were one. What was
/// signed is a text and no MIME entity, so nothing says that it was written as mail.
///
/// - SeeAlso: [RFC 9580 §6.2](https://www.rfc-editor.org/rfc/rfc9580#section-6.2)
public struct InlinePGP: Sendable {
    /// The armor, decoded from its transfer encoding; whether it is one is not known.
    public let message: [UInt8]

    /// Looks at the root of a message; nil unless its text begins with armor.
    ///
    /// - Parameters:
    ///   - root: A part without children.
    ///   - limit: Octets of the text, decoded.
    public init?(_ root: Part, limit: Int) {
        guard root.children.isEmpty, root.contentType.isType("text", "plain"),
            let body = try? root.decodedBody(limit: limit),
            body.drop(while: { ASCII.isBlank($0) || ASCII.crlf.contains($0) })
                .starts(with: "-----BEGIN PGP MESSAGE".utf8)
        else { return nil }
        message = body
    }

    /// The text that came out, as a MIME entity of our own; nil if it is no such text.
    ///
    /// Control characters move the cursor of whoever reads it in a terminal. UTF-8
    /// is seen by itself; all else is read as one fixed set, because what names
    /// another stands outside, where anybody can change what the author said. And a
    /// signed MIME entity is a mail with an addressee, which as a text nobody reads.
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

    // Any line of the first paragraph: no parser of ours must agree with another's.
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
