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
        // A reader's mail program would report another intended recipient.
        guard opened.signatures.intendedRecipients.isEmpty else {
            return "its signature says that it is for the list's key"
        }
        guard !opened.structure.hasGossip else { return "the keys of others stand in it" }
        guard date(of: opened) != nil else {
            return "its Date cannot be read, or is not the time of its signature"
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
