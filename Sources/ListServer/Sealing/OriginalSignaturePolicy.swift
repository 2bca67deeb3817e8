import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// Decides whether copies can keep the author's own signature.
///
/// Every reader then verifies that signature, and the list adds nothing inside. So the
/// signature must cover the whole post, the author must be proven, and every mail program
/// must read the post alike. Otherwise the list seals the post, and its copies say why.
enum OriginalSignaturePolicy {
    /// The most seconds between a signature and Date; mail programs reject a larger gap.
    private static let patience: TimeInterval = 3600

    /// The reason why copies cannot keep the signature; nil if they can.
    static func objection(
        to opened: OpenedMessage,
        author: EmailAddress,
        isProven: Bool,
        isPlain: Bool,
        in list: MailingList
    ) -> OriginalObjection? {
        guard list.settings.copies.isOriginal(author) else {
            return .otherDomain
        }
        guard isProven else { return .notProven }
        guard isPlain else { return .hasRemarks }
        guard opened.encryption.original != nil else {
            return .otherForm
        }
        // A reader's mail program would report another intended recipient.
        guard opened.signatures.intendedRecipients.isEmpty else {
            return .forListAlone
        }
        guard !opened.structure.hasGossip else { return .hasGossip }
        guard date(of: opened) != nil else {
            return .otherDate
        }
        return nil
    }

    /// The Date of the copies: the author's own, which mail programs compare.
    static func date(of opened: OpenedMessage) -> Date? {
        let said = opened.protected.date ?? opened.content?.date.flatMap { MessageDate.parse($0) }
        guard let said,
            opened.signatures.all.allSatisfy({ abs($0.created.timeIntervalSince(said)) <= patience }
            )
        else { return nil }
        return said
    }
}
