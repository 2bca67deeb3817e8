import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// The lines that the list writes above a post, under its own signature.
///
/// From is the list's address, so these lines tell a subscriber who the author is, and how the
/// list knows.
struct PostMetadata {
    /// Whether a signature by the author's confirmed key covers the post.
    let isProven: Bool
    /// Whether a line warns the reader, so that no setting may leave it out.
    private(set) var isWarning: Bool
    private var remarks: [PostRemark]

    init(
        of opened: OpenedMessage,
        _ content: AuthoredContent,
        _ overlooked: [Refusal],
        resent: [ForwardRemark] = [],
        _ settings: CopySettings
    ) {
        let author = opened.outside.from.first.map { $0.named(content.authorName) }
        isProven = Self.isProven(opened)
        let shown = settings.metadata
        var remarks: [PostRemark] = [.postedBy(author, isProven: isProven)]
        if let date = content.date, shown.contains(.date) {
            remarks.append(
                MessageDate.parse(date).map { .date($0) } ?? .unreadableDate(date.visible)
            )
        }
        if shown.contains(.signature) {
            let signatures = opened.signatures.all
            remarks += signatures.isEmpty ? [.noSignature] : signatures.map { .signature($0) }
        }
        if shown.contains(.encryption) {
            remarks.append(
                .encryption(opened.encryption.result == .opened ? .opened : .none)
            )
        }
        // Owners cannot leave out what a reader needs to judge the post.
        if !overlooked.isEmpty { remarks.append(.acceptedAlthough(overlooked)) }
        let isSubjectOpen = !opened.protected.coversSubject && !content.subject.isEmpty
        if isSubjectOpen { remarks.append(.subjectNotSigned) }
        if shown.contains(.addressed) { remarks.append(.addressed(opened.namesRecipients)) }
        isWarning = !isProven || !overlooked.isEmpty || isSubjectOpen || !resent.isEmpty
        // Nor what the list has sent to others in the name of all.
        remarks += resent.map { .forwarded($0) }
        self.remarks = remarks
    }

    /// Adds a line.
    mutating func note(_ remark: PostRemark) { remarks.append(remark) }

    /// Adds a line that no setting may leave out.
    mutating func warn(_ remark: PostRemark) {
        remarks.append(remark)
        isWarning = true
    }

    /// The lines as a text in front of the post.
    func text(in language: TextLanguage) -> String {
        remarks.map { $0.text(in: language) + "\n" }.joined()
    }

    /// Whose post it is, as the one line that stands in front of every post.
    func authorLine(in language: TextLanguage) -> String {
        remarks.prefix(1).map { $0.text(in: language) + "\n" }.joined()
    }

    /// The lines as header fields inside the encryption.
    var fields: [Entity.Field] {
        remarks.map { Entity.Field("X-Listseal-" + $0.field.name, $0.field.value) }
    }

    /// The text above a mail to the owners.
    static func ownerText(
        of opened: OpenedMessage,
        _ role: ListRole,
        _ list: MailingList
    ) -> AnswerText {
        let shown = opened.outside.from.prefix(maximumAuthors).map(\.description)
        let from =
            shown.joined(separator: ", ")
            + (opened.outside.from.count > maximumAuthors ? ", …" : "")
        return AnswerText(
            .ownerMail,
            [
                "role-address": .address(list.address(of: role)),
                "author": from.isEmpty ? .address(nil) : .text(from),
                "proof": .proof(isProven(opened)),
                "proven-author": .provenAuthor(provenAuthor(of: opened)),
                "encryption": .encryption(seenEncryption(of: opened)),
            ]
        )
    }

    private static func seenEncryption(of opened: OpenedMessage) -> SeenEncryption {
        switch opened.encryption.result {
        case .none: .none
        case .opened: .opened
        case .failed: .failed
        }
    }

    /// Addresses of From that a mail to the owners names.
    private static let maximumAuthors = 5

    /// The author whom a signature by their confirmed key proves; nil if none does.
    static func provenAuthor(of opened: OpenedMessage) -> EmailAddress? {
        isProven(opened) ? opened.outside.author?.address : nil
    }

    private static func isProven(_ opened: OpenedMessage) -> Bool {
        guard let own = opened.outside.author?.certificate?.fingerprint else { return false }
        return opened.signatures.all.allSatisfy { $0.outcome == .good }
            && opened.signatures.all.contains { $0.primary == own }
    }
}
