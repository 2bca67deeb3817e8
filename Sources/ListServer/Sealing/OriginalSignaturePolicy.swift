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
    ) -> String? {
        guard list.settings.copies.isOriginal(author) else {
            return "its author's domain is none of original_domains"
        }
        guard isProven else { return "its author's key does not prove it" }
        guard isPlain else { return "the list has something to say of it" }
        guard opened.encryption.original != nil else {
            return "it is not one signature over all of one message to the list's key that "
                + "everybody reads"
        }
        // A reader's program would call it addressed to somebody else.
        guard opened.signatures.intendedRecipients.isEmpty else {
            return "its signature says that it is for the list's key"
        }
        guard !opened.structure.hasGossip else { return "the keys of others stand in it" }
        guard date(of: opened) != nil else {
            return "its Date cannot be read, or is not the time of its signature"
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
