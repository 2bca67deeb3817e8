import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// What the list says about a post, under its own signature.
///
/// From is the list's, so this is where a subscriber reads whose words they
/// are, and how the list knows.
struct PostMetadata {
    /// Whether a signature by the author's confirmed key covers it.
    let isProven: Bool
    /// Whether it says what a reader must see to judge the post.
    private(set) var isWarning: Bool
    private var lines: [(name: String, value: String)]

    init(
        of opened: OpenedMessage,
        _ content: AuthoredContent,
        _ overlooked: [Refusal],
        resent: [String] = [],
        _ settings: CopySettings
    ) {
        let author = opened.from.first.map { Self.named($0, content.authorName) } ?? "nobody"
        isProven = Self.isProven(opened)
        let shown = settings.metadata
        var lines = [("Posted by", author + (isProven ? "" : ", which nothing proves"))]
        if let date = content.date, shown.contains(.date) {
            lines.append(("Date", Self.oneLine(date)))
        }
        if shown.contains(.signature) {
            lines += opened.signatures.map { signature in
                (
                    "Signature",
                    "\(signature.outcome), by key "
                        + "\(signature.primary?.description ?? "unknown"), "
                        + "made \(signature.created.formatted(.iso8601))"
                )
            }
            if opened.signatures.isEmpty { lines.append(("Signature", "none that was looked at")) }
        }
        if shown.contains(.encryption) {
            lines.append(
                (
                    "Encryption",
                    opened.encryption == .opened ? "to the list's key" : "none; it came in clear"
                )
            )
        }
        // What a reader must know to judge is no owner's to leave out.
        if !overlooked.isEmpty {
            lines.append(
                ("Posted although", overlooked.map(\.rawValue).joined(separator: ", "))
            )
        }
        if !opened.isSubjectSigned, !content.subject.isEmpty {
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
        let isSubjectOpen = !opened.isSubjectSigned && !content.subject.isEmpty
        isWarning = !isProven || !overlooked.isEmpty || isSubjectOpen || !resent.isEmpty
        // Nor what the list has said to others in everybody's name.
        lines += resent.map { ("Resent", $0) }
        self.lines = lines
    }

    /// Adds what a reader must see.
    mutating func say(_ name: String, _ value: String) {
        lines.append((name, value))
        isWarning = true
    }

    /// As a text in front of the post.
    var text: String { lines.map { "\($0.name): \($0.value)\n" }.joined() }

    /// As header fields inside.
    var fields: [Entity.Field] {
        lines.map { name, value in
            Entity.Field("X-Listseal-" + name.replacing(" ", with: "-"), value)
        }
    }

    /// What stands above a mail to the owners.
    static func ownerText(
        of opened: OpenedMessage,
        _ role: ListRole,
        _ list: MailingList
    ) -> AnswerText {
        let from = opened.from.map(\.description).joined(separator: ", ")
        return AnswerText(
            .ownerMail,
            [
                "role-address": .address(list.address(of: role)),
                "author": from.isEmpty ? .address(nil) : .text(from),
                "proof": .proof(isProven(opened)),
                "encryption": .encryption(seenEncryption(of: opened)),
            ]
        )
    }

    private static func seenEncryption(of opened: OpenedMessage) -> SeenEncryption {
        switch opened.encryption {
        case .none: .none
        case .opened: .opened
        case .failed: .failed
        }
    }

    private static func isProven(_ opened: OpenedMessage) -> Bool {
        guard let own = opened.author?.certificate?.fingerprint else { return false }
        return opened.signatures.allSatisfy { $0.outcome == .good }
            && opened.signatures.contains { $0.primary == own }
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
