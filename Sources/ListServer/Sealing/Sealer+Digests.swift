import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// What nobody can make who has the database alone.
extension Sealer {
    /// What only we can make of a held message and of why it is held.
    func mac(of post: HeldPost) -> [UInt8] {
        let reasons = post.reasons.map(\.rawValue).joined(separator: ",")
        return digestKey.digest(
            of: post.token + post.bytes,
            in: "held \(post.list) \(reasons)"
        )
    }

    /// What only we can make of a post that the list has not signed.
    ///
    /// Over the encrypted packet and all that stands outside of it, but for the session-key
    /// packet in front: the list can have another key meanwhile.
    ///
    /// Nil if it is no encrypted message.
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

    /// The key against replay of what nobody signed: keyed, so that the store does not
    /// tell who can guess a text whether it was posted.
    ///
    /// With the name in From: what one person writes, another may write too.
    func claim(
        ofUnsigned entity: [UInt8],
        from author: EmailAddress,
        list: MailingList,
        now: Date
    ) -> SignatureClaim {
        SignatureClaim(
            digest: digestKey.digest(of: entity, in: "unsigned \(list.listID) \(author.key)"),
            sighting: digestKey.digest(of: entity, in: "unsigned \(author.key)"),
            signed: now
        )
    }

    /// The key against replay of what was encrypted, and signed by nobody.
    ///
    /// Nobody encrypts anew the same, so it holds whatever name stands in From.
    func claim(of ciphertext: [UInt8], list: MailingList, now: Date) -> SignatureClaim {
        SignatureClaim(
            digest: digestKey.digest(of: ciphertext, in: "ciphertext \(list.listID)"),
            sighting: digestKey.digest(of: ciphertext, in: "ciphertext"),
            signed: now
        )
    }
}
