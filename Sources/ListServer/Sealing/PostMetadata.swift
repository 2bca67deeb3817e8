import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// The list's statements about a post, which the list signs.
///
/// From contains the list's address, so subscribers read here who wrote the post and how
/// the list verified it.
struct PostMetadata {
    /// Whether a signature by the author's confirmed key covers the post.
    let isProven: Bool
    /// Whether a statement warns readers, who must see it.
    private(set) var isWarning: Bool
    private var lines: [(name: String, value: String)]

    init(
        of opened: OpenedMessage,
        _ content: AuthoredContent,
        _ overlooked: [Refusal],
        resent: [String] = [],
        _ settings: CopySettings
    ) {
        let author =
            opened.outside.from.first.map { Self.named($0, content.authorName) } ?? "nobody"
        isProven = Self.isProven(opened)
        let shown = settings.metadata
        var lines = [("Posted by", author + (isProven ? "" : ", which nothing proves"))]
        if let date = content.date, shown.contains(.date) {
            lines.append(("Date", Self.oneLine(date)))
        }
        if shown.contains(.signature) {
            lines += opened.signatures.all.map { signature in
                (
                    "Signature",
                    "\(signature.outcome), by key "
                        + "\(signature.primary?.description ?? "unknown"), "
                        + "made \(signature.created.formatted(.iso8601))"
                )
            }
            if opened.signatures.all.isEmpty {
                lines.append(("Signature", "none that was looked at"))
            }
        }
        if shown.contains(.encryption) {
            lines.append(
                (
                    "Encryption",
                    opened.encryption.result == .opened
                        ? "to the list's key" : "none; it came in clear"
                )
            )
        }
        // Owners cannot turn this statement off, because readers need it to judge the post.
        if !overlooked.isEmpty {
            lines.append(
                ("Posted although", overlooked.map(\.rawValue).joined(separator: ", "))
            )
        }
        if !opened.protected.coversSubject, !content.subject.isEmpty {
            lines.append(("Subject", "stood outside; no signature covers it"))
        }
        if shown.contains(.addressed) {
            lines.append(
                (
                    "Addressed",
                    opened.namesRecipients
                        ? "to this list, says the signature"
                        : "the signature does not say for whom this was written"
                )
            )
        }
        let isSubjectOpen = !opened.protected.coversSubject && !content.subject.isEmpty
        isWarning = !isProven || !overlooked.isEmpty || isSubjectOpen || !resent.isEmpty
        // Owners cannot turn this one off either: the list sent the post to others.
        lines += resent.map { ("Resent", $0) }
        self.lines = lines
    }

    /// Adds a warning.
    mutating func say(_ name: String, _ value: String) {
        lines.append((name, value))
        isWarning = true
    }

    /// The statements as a text before the post.
    var text: String { lines.map { "\($0.name): \($0.value)\n" }.joined() }

    /// The statements as fields of the inner header.
    var fields: [Entity.Field] {
        lines.map { name, value in
            Entity.Field("X-Listseal-" + name.replacing(" ", with: "-"), value)
        }
    }

    static func ownerText(of opened: OpenedMessage, role: ListRole, list: MailingList) -> String {
        let from = opened.outside.from.map(\.description).joined(separator: ", ")
        let encryption =
            switch opened.encryption.result {
            case .none: "none"
            case .opened: "to the list's key; what was inside comes first"
            case .failed: "not opened; the message is attached as it came"
            }
        let isProven = isProven(opened)
        return """
            Mail to: \(list.address(of: role))
            From: \(from.isEmpty ? "cannot be read" : from), which \
            \(isProven ? "a confirmed key's signature proves" : "nothing proves")
            Encryption: \(encryption)

            """
    }

    private static func isProven(_ opened: OpenedMessage) -> Bool {
        guard let own = opened.outside.author?.certificate?.fingerprint else { return false }
        return opened.signatures.all.allSatisfy { $0.outcome == .good }
            && opened.signatures.all.contains { $0.primary == own }
    }

    private static func named(_ address: EmailAddress, _ name: String?) -> String {
        guard let name = name.map(oneLine), !name.isEmpty else { return "\(address)" }
        return "\(name) <\(address)>"
    }

    private static func oneLine(_ text: String) -> String {
        String(
            text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : Character($0) }
        )
    }
}
