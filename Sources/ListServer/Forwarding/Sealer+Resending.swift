import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

extension Sealer {
    /// Seals a forwarded post for an external contact, as a mail of the list.
    ///
    /// - Parameters:
    ///   - order: The text without the forwarding lines, and the attachments.
    ///   - subject: The post's subject; in the outer header only if the mail goes in clear.
    ///   - address: The recipient.
    ///   - key: The key to encrypt to; nil to send in clear.
    ///   - list: The list that sends the mail.
    ///   - now: The current time.
    /// - Returns: The sealed mail.
    /// - Throws: An error of the engine.
    func seal(
        _ order: ResendOrder,
        _ subject: String,
        to address: EmailAddress,
        key: Certificate?,
        of list: MailingList,
        now: Date
    ) throws -> SealedAnswer {
        var draft = PostDraft(key == nil ? .clearResent : .resent, of: list, now)
        draft.recipient = address
        let blank = post(draft)
        let fields = [
            Entity.Field("From", mailboxes: [list.mailbox(list.address)]),
            Entity.Field("To", mailboxes: [Mailbox(address: address)]),
            Entity.Field("Subject", subject),
        ]
        let footer = list.settings.resendFooter
        let text = order.text + (footer.isEmpty ? "" : "\n-- \n" + footer)
        let children =
            [Entity(content: .text(text))]
            + order.attachments.map { part in
                let inert = inert(part, in: list).entity
                return key == nil ? Self.narrow(inert) : Entity(content: .raw(inert))
            }
        let post =
            key == nil
            ? try sealClear(blank, of: list, fields: fields, children: children)
            : try seal(blank, of: list, fields: fields, children: children)
        return SealedAnswer(reader: .person(address, key), post: post)
    }

    // RFC 3156 §3 requires 7-bit parts. A part that cannot be converted becomes a file,
    // because the author asked to forward it.
    private static func narrow(_ part: [UInt8]) -> Entity {
        let octets = (try? Message(LineEndings.canonical(part)))?.root.sevenBitEntity
        return octets.map { Entity(content: .raw($0)) }
            ?? .attachment(type: "application/octet-stream", fileName: "part.bin", bytes: part)
    }
}
