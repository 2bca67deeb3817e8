/// The content of a message in a form in which no mail program shows any of it as HTML.
///
/// Mail programs put the inline parts of a message into one document, where the style of one
/// part hides another, and they open attached messages inline, too. So only plain text and
/// pictures stay inline. HTML becomes an attachment, with a plain text in front of it if the
/// author sent none. An attached message becomes a file of type message/global, which none of
/// the programs that we tried opens by itself.
///
/// - SeeAlso: [RFC 6532 §3.7](https://www.rfc-editor.org/rfc/rfc6532#section-3.7)
public struct InertContent: Sendable {
    /// What becomes of HTML.
    public enum HTML: Sendable, Hashable {
        /// It is attached.
        case attach
        /// It is left out, unless its author attached it as a file.
        case drop
    }

    /// The entity: its `Content-*` fields, an empty line, its body.
    public let entity: [UInt8]
    /// Whether a plain text was made of HTML that had none beside it.
    public let hasMadeText: Bool

    /// Makes the content of a part inert; nil if it is already.
    ///
    /// - Parameters:
    ///   - entity: A MIME entity in CRLF lines.
    ///   - html: What becomes of HTML.
    ///   - hidden: The word in front of text that the HTML hides, in the reader's language.
    /// - Complexity: O(n), without recursion.
    public init?(of entity: [UInt8], html: HTML, hidden: String) {
        guard let root = try? Message(entity).root else {
            // Not read before in this form: nothing of it is shown.
            self.entity = Entity.attachment(
                type: "application/octet-stream",
                fileName: "part.bin",
                bytes: entity
            ).serialized()
            hasMadeText = false
            return
        }
        guard root.selfAndDescendants.contains(where: { !$0.isInert }) else { return nil }
        var collector = InertPartCollector(html: html, hidden: hidden)
        collector.collect(root)
        hasMadeText = collector.hasMadeText
        self.entity = Self.entity(collector.entities)
    }

    // One part stands alone.
    private static func entity(_ parts: [Entity]) -> [UInt8] {
        if parts.count == 1 { return parts[0].serialized() }
        var random = SystemRandomNumberGenerator()
        return Entity(
            content: .multipart(
                subtype: "mixed",
                children: parts.isEmpty ? [Entity(content: .text(""))] : parts,
                boundary: Boundary.random(using: &random)
            )
        ).serialized()
    }
}

extension Part {
    /// Whether every mail program shows the part itself as plain text or a picture, or as a file.
    var isInert: Bool {
        switch contentType.type {
        case "multipart":
            // A signature is shown, and what it covers is a part of its own.
            return ["mixed", "signed", "alternative"].contains(contentType.subtype)
        case "text" where contentType.subtype == "plain":
            return contentType.isWellFormed && field(named: "Content-Type") != nil
        case "image" where contentType.subtype != "svg+xml": return contentType.isWellFormed
        case "message": return false
        case "application" where contentType.subtype == "pgp-signature": return true
        default: return isFile && !contentType.isOpened
        }
    }

    /// Whether the part asks to be an attachment.
    private var isFile: Bool {
        guard let disposition = field(named: "Content-Disposition"),
            let type = ContentType("x/" + disposition.value), type.subtype == "attachment"
        else { return false }
        guard contentType.isGuessed else { return true }
        // Programs look at the end of the name to say what such a file is.
        let name = PartName(of: self)
        return name.isPlain && !MessageFile.isOne(name.text ?? "")
    }
}

extension ContentType {
    /// Whether mail programs look at the file name to say of which type the part is.
    var isGuessed: Bool {
        isType("application", "octet-stream") || isType("application", "x-unknown-content-type")
            || !isWellFormed
    }

    /// Whether mail programs open the part although it is an attachment: it contains MIME.
    var isOpened: Bool {
        type == "application" && ["pkcs7-mime", "x-pkcs7-mime"].contains(subtype)
    }
}

/// Names of files that mail programs open as messages.
enum MessageFile {
    private static let endings: Set<String> = [
        "eml", "mail", "mbox", "mbx", "mht", "mhtml", "mim", "mime", "msg", "nws", "art", "email",
        "p7m", "p7z",
    ]

    static func isOne(_ name: String) -> Bool { endings.contains(PartName.ending(of: name)) }
}
