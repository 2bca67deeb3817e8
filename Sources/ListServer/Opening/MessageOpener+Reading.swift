import MIME
import MailingList
import OpenPGP
import SMTP

/// Reading the parts of a message: values out of header fields, and what of it
/// goes on.
extension MessageOpener {
    // RFC 9788: only the root of what was signed protects header fields.
    func protect(_ payload: Part, in facts: inout OpenedMessage) {
        guard let header = ProtectedHeader(payload: payload) else { return }
        let fields = header.fields
        facts.protected.coversSubject = header.field(named: "Subject") != nil
        facts.protected.date = header.field(named: "Date").flatMap { MessageDate.parse($0.value) }
        // RFC 9788 says that all fields are inside: without From it is nobody's.
        if header.kind != .legacy || fields.contains(where: { $0.isNamed("From") }) {
            facts.protected.from = addresses(fields, "From")
        }
        if fields.contains(where: { $0.isNamed("To") || $0.isNamed("Cc") }) {
            facts.protected.recipients = addresses(fields, "To") + addresses(fields, "Cc")
            facts.protected.hasUnreadableRecipients = fields.contains {
                ($0.isNamed("To") || $0.isNamed("Cc")) && Mailbox.list($0.value) == nil
            }
        }
    }

    // Copies carry them outside, in clear: only what can be a list's identifier, and each
    // once, since a copy has its own outside and inside.
    func note(loopsIn part: Part, in facts: inout OpenedMessage) {
        for value in part.fields(named: "X-Loop").map(\.value)
        where ListIdentifier.isOne(value) && facts.outside.loops.count <= LoopPolicy.maximumHops {
            guard !facts.outside.loops.contains(where: { $0.lowercased() == value.lowercased() })
            else {
                continue
            }
            facts.outside.loops.append(value)
        }
    }

    func addresses(_ fields: [HeaderField], _ name: String) -> [EmailAddress] {
        fields.filter { $0.isNamed(name) }
            .flatMap { Mailbox.list($0.value) ?? [] }
            .map(\.address)
    }

    func mailboxes(_ part: Part, _ name: String) -> [Mailbox] {
        part.field(named: name).flatMap { Mailbox.list($0.value) } ?? []
    }

    /// - Parameters:
    ///   - payload: What goes on.
    ///   - protected: What of it was signed, if that is a part.
    ///   - outside: The message as it came.
    ///   - isCovered: Whether there is a signature or an encryption: without one nothing is
    ///     protected, whatever it says of itself.
    /// - Returns: What a copy is made of.
    func content(
        payload: Part,
        protected: Part? = nil,
        outside: Part,
        isCovered: Bool = true
    ) -> AuthoredContent {
        let header = isCovered ? ProtectedHeader(payload: protected ?? payload) : nil
        // Autocrypt gossip names the keys of other recipients. In a part that the
        // author signed it cannot be cut out, so the author's signature is left out too.
        let kept = protected.flatMap { $0.fields(named: "Autocrypt-Gossip").isEmpty ? nil : $0 }
        // RFC 9788 §4.2: with hp, what stands outside does not count at all.
        let unprotected: Part? =
            switch header?.kind {
            case .cipher, .clear: nil
            case .legacy, nil: outside
            }
        func field(_ name: String) -> HeaderField? {
            header?.field(named: name) ?? unprotected?.field(named: name)
        }
        return AuthoredContent(
            entity: (kept ?? payload).contentEntity,
            bareEntity: protected?.contentEntity,
            subject: field("Subject")?.decodedValue ?? "",
            // Copies show this name under the list's signature, so an unprotected one never
            // gets here.
            authorName: header?.field(named: "From").flatMap { Mailbox.list($0.value) }?.first?
                .displayName,
            date: field("Date")?.value,
            messageID: field("Message-ID")?.value,
            references: ["References", "In-Reply-To"].flatMap { name in
                (field(name)?.value ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
            }
        )
    }

    /// Whether it was written to be a message.
    ///
    /// People sign other things too, a commit or a release; with an empty line in
    /// front one would be read as a post that they never wrote.
    static func isEntity(_ part: Part) -> Bool { part.field(named: "Content-Type") != nil }

    /// Whether there is an Autocrypt Setup Message in it: a secret key, on its way
    /// from one program of its owner's to another.
    ///
    /// - SeeAlso: [Autocrypt Level 1, Setup Message](https://docs.autocrypt.org/level1.html#autocrypt-setup-message)
    static func isSetupMessage(_ root: Part) -> Bool {
        var pending = [root]
        while let part = pending.popLast() {
            let type = part.contentType
            if type.type == "application", type.subtype == "autocrypt-setup" { return true }
            pending += part.children
        }
        return !root.fields(named: "Autocrypt-Setup-Message").isEmpty
    }

    /// Whether any text of it reads like a statement of a list.
    static func hasStatement(_ entity: [UInt8]) -> Bool {
        guard let root = try? Message(entity).root else { return false }
        return root.selfAndDescendants.contains { part in
            guard part.children.isEmpty, part.contentType.type == "text",
                let text = try? part.decodedText(limit: leastPlaintextLimit)
            else { return false }
            return Statement.isHinted(in: text)
        }
    }

    /// What an earlier filter of this host has written in front of a message.
    ///
    /// Only what speaks against it counts, so that nobody gains by writing it himself. The
    /// topmost Authentication-Results is this host's, and so are others that bear its name.
    ///
    /// - SeeAlso: [RFC 8601 §5](https://www.rfc-editor.org/rfc/rfc8601#section-5)
    static func spamVerdict(_ root: Part) -> String? {
        for name in ["X-Spam", "X-Spam-Flag", "X-Spam-Status"] {
            if root.fields(named: name).contains(where: { $0.value.lowercased().hasPrefix("yes") })
            {
                return "\(name) says yes"
            }
        }
        let isFailed = ownResults(root).contains { words in words.contains("dmarc=fail") }
        return isFailed ? "Authentication-Results says dmarc=fail" : nil
    }

    // RFC 8601 §5: a host's own fields stand above all others, and bear its name.
    private static func ownResults(_ root: Part) -> [[Substring]] {
        let fields = root.fields(named: "Authentication-Results").map { field in
            field.value.lowercased().split { $0 == ";" || $0.isWhitespace }
        }
        guard let own = fields.first?.first else { return [] }
        return fields.filter { $0.first == own }
    }

    // One line a part, indented by depth; the slicer bounds both.
    static func outline(_ root: Part) -> [String] {
        var lines: [String] = []
        var pending = [(root, 0)]
        while let (part, depth) = pending.popLast() {
            let type = part.contentType
            lines.append(String(repeating: "  ", count: depth) + type.type + "/" + type.subtype)
            pending += part.children.reversed().map { ($0, depth + 1) }
        }
        return lines
    }

    static func identifier(in value: String) -> String {
        guard let open = value.lastIndex(of: "<"), let close = value.lastIndex(of: ">"),
            open < close
        else { return value }
        return String(value[value.index(after: open)..<close])
    }

    /// Why signed octets cannot be trusted to be all that the reader sees.
    ///
    /// A text signature stays good when CR or NUL is added at the end of a
    /// line, and when octets far out in a long line are changed.
    static func signedTextFault(_ bytes: [UInt8]) -> String? {
        var lineStart = 0
        for (index, octet) in bytes.enumerated() {
            switch octet {
            case 0: return "a NUL in what was signed"
            case 0x0d where index + 1 == bytes.count || bytes[index + 1] != 0x0a:
                return "a CR without LF in what was signed"
            case 0x0a: lineStart = index + 1
            default:
                if index - lineStart > maximumSignedLine {
                    return "a line of more than \(maximumSignedLine) octets in what was signed"
                }
            }
        }
        return nil
    }
}
