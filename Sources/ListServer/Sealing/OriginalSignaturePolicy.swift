import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// Whether a post can go on as its author has signed and encrypted it.
///
/// Every reader verifies it herself then, and the list says nothing inside. So it must be
/// whole, its author's beyond doubt, and mean the same to all; otherwise it is sealed as
/// ever, and its copies say why.
enum OriginalSignaturePolicy {
    /// Seconds between a signature and Date: programs call one that is further off invalid.
    private static let patience: TimeInterval = 3600

    /// Why it cannot; nil if it can.
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
        // A reader's program would call it addressed to somebody else.
        guard opened.signatures.intendedRecipients.isEmpty else {
            return .forListAlone
        }
        guard !opened.structure.hasGossip else { return .hasGossip }
        guard date(of: opened) != nil else {
            return .otherDate
        }
        return nil
    }

    /// Date of the copies: the author's own, which readers' programs compare.
    static func date(of opened: OpenedMessage) -> Date? {
        let said = opened.protected.date ?? opened.content?.date.flatMap { MessageDate.parse($0) }
        guard let said,
            opened.signatures.all.allSatisfy({ abs($0.created.timeIntervalSince(said)) <= patience }
            )
        else { return nil }
        return said
    }
}
