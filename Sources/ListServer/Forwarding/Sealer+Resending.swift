import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

extension Sealer {
    /// Seals what somebody outside gets of a post: its text and its attachments, as the
    /// list's own mail.
    ///
    /// - Parameters:
    ///   - order: The text without the lines that ordered it.
    ///   - subject: The post's; outside only if it goes in clear.
    ///   - address: Who gets it.
    ///   - key: What it is encrypted to; nil if it goes in clear.
    ///   - list: Whose mail it is.
    ///   - now: The time.
    /// - Returns: What is to be sent.
    /// - Throws: if the engine fails.
    func seal(
        _ order: ResendOrder,
        _ subject: String,
        to address: EmailAddress,
        key: Certificate?,
        of list: MailingList,
        now: Date
    ) throws -> SealedAnswer {
        let frame = frame(
            key == nil ? .clearResent : .resent,
            of: list,
            answering: nil,
            [],
            now,
            to: address
        )
        let fields = [
            Entity.Field("From", mailboxes: [list.mailbox(list.address)]),
            Entity.Field("To", mailboxes: [Mailbox(address: address)]),
            Entity.Field("Subject", subject),
        ]
        let footer = list.settings.resendFooter
        let text = order.text + (footer.isEmpty ? "" : "\n-- \n" + footer)
        let children =
            [Entity(content: .text(text))]
            + order.attachments.map { key == nil ? Self.narrow($0) : Entity(content: .raw($0)) }
        let post =
            key == nil
            ? try sealClear(frame, of: list, fields: fields, children: children)
            : try seal(frame, of: list, fields: fields, children: children)
        return SealedAnswer(reader: .person(address, key), post: post)
    }

    // RFC 3156 §3. What cannot be written anew goes as a file: she said that it shall go.
    private static func narrow(_ part: [UInt8]) -> Entity {
        let octets = (try? Message(LineEndings.canonical(part)))?.root.sevenBitEntity
        return octets.map { Entity(content: .raw($0)) }
            ?? .attachment(type: "application/octet-stream", fileName: "part.eml", bytes: part)
    }
}
