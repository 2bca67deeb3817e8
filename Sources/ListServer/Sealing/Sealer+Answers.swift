public import Foundation
import GnuPG
import MIME
public import MailingList
import OpenPGP
import SMTP

extension Sealer {
    /// Seals an automatic reply, encrypted if the list has a usable key of the reader.
    ///
    /// Without a key the reply is signed and sent in clear.
    ///
    /// - Returns: The sealed reply; nil if the reader has a key that cannot be used now. The
    ///   list never sends cleartext because a key is unusable.
    /// - Throws: An error of the engine; nothing has been sent then.
    public func seal(_ answer: Answer, of list: MailingList, now: Date) throws -> SealedAnswer? {
        let (subject, body) = texts.text(answer.text, of: list)
        let children =
            [Entity(content: .text(body))]
            + (try answer.attachments.map { try entity(of: $0, list) })
        switch answer.reader {
        case .owners, .ownersIfTheyCan, .deciders:
            return SealedAnswer(
                reader: answer.reader,
                post: try seal(
                    post(PostDraft(.ownerMail, of: list, now)),
                    of: list,
                    fields: serviceFields(of: list, subject: subject),
                    children: children
                )
            )
        case .person(let address, let known):
            let certificate = known.flatMap { known in
                keys.certificates.encryptionKey(of: known, now: now) == nil ? nil : known
            }
            guard certificate != nil || known == nil || answer.text.name.isPublic else {
                return nil
            }
            var draft = PostDraft(certificate == nil ? .clearAnswer : .answer, of: list, now)
            draft.recipient = address
            draft.answering = answer.answering
            let fields = [
                Entity.Field("From", mailboxes: [list.mailbox(list.address(of: .request))]),
                Entity.Field("To", mailboxes: [Mailbox(address: address)]),
                Entity.Field("Subject", subject),
            ]
            let blank = post(draft)
            let sealed =
                certificate == nil
                ? try sealClear(blank, of: list, fields: fields, children: children)
                : try seal(blank, of: list, fields: fields, children: children)
            return SealedAnswer(reader: .person(address, certificate), post: sealed)
        }
    }

    private func entity(
        of attachment: Answer.Attachment,
        _ list: MailingList
    ) throws -> Entity {
        switch attachment {
        case .listKey: Self.key(try publishedKey(of: list), fileName: "list-key.asc")
        case .content(let bytes): foreign(bytes, list)
        case .message(let bytes): Entity.message(bytes)
        case .certificate(let certificate):
            Self.key(certificate.bytes, fileName: "\(certificate.fingerprint).asc")
        }
    }

    /// Seals an announcement of the list to all subscribers, with an optional file.
    ///
    /// - Throws: An error of the engine.
    public func seal(
        announcement text: AnswerText,
        attaching file: (name: String, key: [UInt8])?,
        of list: MailingList,
        now: Date
    ) throws -> SealedPost {
        let (subject, body) = texts.text(text, of: list)
        return try seal(
            post(PostDraft(.post, of: list, now)),
            of: list,
            fields: [
                Entity.Field("From", mailboxes: [list.mailbox(list.address)]),
                Entity.Field("To", mailboxes: [Mailbox(address: list.address)]),
                Entity.Field("Subject", subject),
            ],
            children: [Entity(content: .text(body))]
                + [file.map { Self.key($0.key, fileName: $0.name) }].compactMap(\.self)
        )
    }

    // A cleartext mail can contain a token, so the store keeps it encrypted like every
    // other message. It is opened when it is sent.
    func sealClear(
        _ post: SealedPost,
        of list: MailingList,
        fields: [Entity.Field],
        children: [Entity]
    ) throws -> SealedPost {
        var random = RandomSource()
        let shared = OuterHeader.fields(of: post, from: list).filter { field in
            !fields.contains { $0.name == field.name } && field.name != "Auto-Submitted"
        }
        let signed = Entity(
            headerFields: fields + shared,
            content: .multipart(
                subtype: "mixed",
                parameters: [("hp", "clear"), ("protected-headers", "v1")],
                children: children,
                boundary: Boundary.random(using: &random)
            )
        ).serialized()
        let entity = PGPMIME.signedEntity(
            signed,
            signature: try keys.keyring(of: list).sign(signed),
            boundary: Boundary.random(using: &random)
        )
        return try seal(post, of: list, fields: fields, children: [entity])
    }

    private static func key(_ bytes: [UInt8], fileName: String) -> Entity {
        .certificate(armored: Armor.armor(bytes, kind: .publicKey), fileName: fileName)
    }
}
