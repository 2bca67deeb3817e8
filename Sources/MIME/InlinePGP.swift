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
    private let charset: String?

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
        charset = root.contentType.parameter("charset")
    }

    /// The text that came out, as a MIME entity of our own; nil if it is not text.
    ///
    /// Control characters move the cursor of whoever reads it in a terminal. The
    /// armor's own `Charset` line is signed by nobody; UTF-8 is seen by itself.
    public func entity(of text: [UInt8]) -> [UInt8]? {
        guard !text.contains(where: Self.isForbidden),
            let decoded = String(validating: text, as: UTF8.self)
                ?? charset.flatMap({ Charset.decode(text, named: $0) })
        else { return nil }
        return Entity(content: .text(decoded)).serialized()
    }

    private static func isForbidden(_ octet: UInt8) -> Bool {
        octet == 0x7f || octet < 0x20 && octet != ASCII.tab && !ASCII.crlf.contains(octet)
    }
}
