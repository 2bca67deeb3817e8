import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// Keyed digests, which write access to the database alone cannot forge.
extension Sealer {
    /// The authentication code of a held message and its reasons.
    func mac(of post: HeldPost) -> [UInt8] {
        let reasons = post.reasons.map(\.rawValue).joined(separator: ",")
        return digestKey.digest(
            of: post.token + post.bytes,
            in: "held \(post.list) \(reasons)"
        )
    }

    /// The authentication code of a post that the list has not signed.
    ///
    /// It covers the encrypted packet and all values outside it. It excludes the session key
    /// packets, because the list's key can change meanwhile.
    ///
    /// Nil if the post is not an encrypted message.
    func mac(ofUnsigned post: SealedPost, in list: MailingList.ID) -> [UInt8]? {
        guard let scan = try? EncryptedMessageScan(post.bytes) else { return nil }
        let outside = [
            post.identifier, post.messageID, MessageDate.format(post.date),
            post.author?.description ?? "",
        ]
        return digestKey.digest(
            of: Array(post.bytes[scan.encryptedRange]),
            in: (["post \(list)"] + outside + post.loops).joined(separator: "\n")
        )
    }

    /// The replay claim of unsigned content, which only this digest can detect.
    ///
    /// The digest is keyed, so that a person with the store cannot test whether a guessed
    /// text was posted. It includes From, because two people may write the same text, and
    /// Message-ID, Date and Subject, because a person may write the same text twice. Nobody
    /// has signed it, so whoever could change one of these could as well change the text.
    func claim(
        ofUnsigned content: AuthoredContent,
        from author: EmailAddress,
        list: MailingList,
        now: Date
    ) -> SignatureClaim {
        let fields = [content.messageID ?? "", content.date ?? "", content.subject]
        let octets = Array((fields.joined(separator: "\0") + "\0").utf8) + content.entity
        return SignatureClaim(
            digest: digestKey.digest(of: octets, in: "unsigned \(list.listID) \(author.key)"),
            sighting: digestKey.digest(of: octets, in: "unsigned \(author.key)"),
            signed: now
        )
    }

    /// The replay claim of encrypted content without a signature.
    ///
    /// Two encryptions never have the same octets, so the claim does not include From.
    func claim(of ciphertext: [UInt8], list: MailingList, now: Date) -> SignatureClaim {
        SignatureClaim(
            digest: digestKey.digest(of: ciphertext, in: "ciphertext \(list.listID)"),
            sighting: digestKey.digest(of: ciphertext, in: "ciphertext"),
            signed: now
        )
    }
}
