/// Walks through the parts of a message, and collects them as parts of one multipart/mixed.
struct InertPartCollector {
    private(set) var entities: [Entity] = []
    private(set) var hasMadeText = false

    private let html: InertContent.HTML
    private let hidden: String

    init(html: InertContent.HTML, hidden: String) {
        self.html = html
        self.hidden = hidden
    }

    mutating func collect(_ root: Part) {
        // With each part: whether a plain text of the same content stands beside it.
        var pending = [(root, false)]
        while let (part, hasText) = pending.popLast() {
            guard part.contentType.isMultipart else {
                collect(leaf: part, hasText: hasText)
                continue
            }
            let isAlternative = part.contentType.subtype == "alternative"
            let hasText = hasText || isAlternative && Self.hasText(part)
            pending.append(contentsOf: part.children.reversed().map { ($0, hasText) })
        }
    }

    // Some programs write an empty text beside their HTML.
    private static func hasText(_ alternative: Part) -> Bool {
        alternative.selfAndDescendants.contains { part in
            guard part.children.isEmpty, part.contentType.isType("text", "plain"),
                let octets = try? part.decodedBody(limit: part.body.count)
            else { return false }
            return octets.contains { $0 > ASCII.space }
        }
    }

    private mutating func collect(leaf part: Part, hasText: Bool) {
        let type = part.contentType
        if type.isType("text", "html") || type.isType("application", "xhtml+xml") {
            collect(html: part, hasText: hasText)
        } else if type.isType("text", "plain") {
            entities.append(part.isInert ? Entity(content: .raw(part.contentEntity)) : plain(part))
        } else if type.type == "message" {
            entities.append(message(part, name: PartName(of: part).text))
        } else if part.isInert {
            entities.append(Entity(content: .raw(part.contentEntity)))
        } else if type.isGuessed, let name = PartName(of: part).text, MessageFile.isOne(name) {
            entities.append(message(part, name: name))
        } else {
            entities.append(file(part))
        }
    }

    private mutating func collect(html part: Part, hasText: Bool) {
        let isFile =
            part.field(named: "Content-Disposition")?.value.lowercased().hasPrefix("attachment")
            ?? false
        if !hasText, !isFile {
            let octets = (try? part.decodedBody(limit: part.body.count * 2)) ?? Array(part.body)
            let text = try? part.decodedText(limit: part.body.count * 2)
            let readable = HTMLText(text ?? String(decoding: octets, as: UTF8.self), hidden: hidden)
            entities.append(Entity(content: .text(readable.text)))
            hasMadeText = true
        }
        guard html == .attach || isFile else { return }
        let name = PartName(of: part).text ?? "message.html"
        entities.append(attachment(part, type: part.contentType, name: name))
    }

    // The same text, with a type that all programs read alike.
    private func plain(_ part: Part) -> Entity {
        let charset = part.contentType.parameter("charset") ?? "utf-8"
        return rewritten(
            part,
            [
                Entity.Field(
                    "Content-Type",
                    structured: "text/plain; "
                        + FieldWriter.parameter(name: "charset", value: charset)
                )
            ]
        )
    }

    private func message(_ part: Part, name: String?) -> Entity {
        let isReport = part.contentType.type == "message" && !part.contentType.isWholeMessage
        guard !isReport else {
            return attachment(
                part,
                type: .standard,
                name: (name ?? part.contentType.subtype) + ".txt"
            )
        }
        let base = (name ?? "message").split(separator: ".").dropLast().joined(separator: ".")
        let octets = (try? part.decodedBody(limit: part.body.count * 2)) ?? Array(part.body)
        return .message(octets, name: base.isEmpty ? name ?? "message" : base)
    }

    private func file(_ part: Part) -> Entity {
        let isOpaque = part.contentType.isGuessed || part.contentType.isOpened
        var name = PartName(of: part).text ?? "part"
        if isOpaque, MessageFile.isOne(name) || !name.contains(".") { name += ".bin" }
        let type =
            isOpaque
            ? ContentType(type: "application", subtype: "octet-stream") : part.contentType
        return attachment(part, type: type, name: name)
    }

    private func attachment(_ part: Part, type: ContentType, name: String) -> Entity {
        let kept = type.parameters.filter { ["charset", "method"].contains($0.name) }
        let value =
            [type.type + "/" + type.subtype]
            + kept.map {
                FieldWriter.parameter(name: $0.name, value: $0.value)
            }
        let fileName = FieldWriter.parameter(name: "filename", value: name)
        return rewritten(
            part,
            [
                Entity.Field("Content-Type", structured: value.joined(separator: "; ")),
                Entity.Field("Content-Disposition", structured: "attachment; " + fileName),
            ]
        )
    }

    // Other fields, and the encoded body as it came.
    private func rewritten(_ part: Part, _ fields: [Entity.Field]) -> Entity {
        var octets = fields.flatMap { $0.serialized() }
        if let encoding = part.field(named: "Content-Transfer-Encoding") {
            octets += Entity.Field(encoding.name, structured: encoding.value).serialized()
        }
        octets += ASCII.crlf
        octets += part.body
        return Entity(content: .raw(octets))
    }
}

extension ContentType {
    /// Whether the part is a message with its header, and not a report or a pointer.
    var isWholeMessage: Bool {
        type == "message" && ["rfc822", "news", "global"].contains(subtype)
    }
}

extension Entity {
    /// Somebody else's message as a file, which no mail program opens by itself.
    ///
    /// - Parameters:
    ///   - bytes: The message.
    ///   - name: The file name without its ending.
    /// - Returns: The attachment, in base64.
    /// - SeeAlso: [RFC 6532 §3.7](https://www.rfc-editor.org/rfc/rfc6532#section-3.7)
    public static func message(_ bytes: [UInt8], name: String = "message") -> Entity {
        attachment(type: "message/global", fileName: name + ".u8msg", bytes: bytes)
    }
}
