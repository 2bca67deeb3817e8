import Foundation
import MIME
public import MailingList
public import OpenPGP
import SMTP

/// Composes what a list says, signs it with the list's key, and encrypts it to
/// the list itself: the only form in which a message is ever stored.
public struct Sealer: Sendable {
    let keys: ListKeys
    let texts: TextCatalog
    let digestKey: DigestKey
    private let certifications: @Sendable (MailingList.ID) throws -> [Certification]

    /// Seals with these keys, and speaks in these texts.
    ///
    /// - Parameters:
    ///   - keys: Of the lists.
    ///   - digestKey: Makes the Message-IDs of others ours.
    ///   - certifications: What is published with a list's key.
    ///   - texts: The words.
    public init(
        keys: ListKeys,
        digestKey: DigestKey,
        certifications: @escaping @Sendable (MailingList.ID) throws -> [Certification],
        texts: TextCatalog = TextCatalog(directory: nil)
    ) {
        self.keys = keys
        self.texts = texts
        self.digestKey = digestKey
        self.certifications = certifications
    }

    /// A list's public key with the certifications that people have returned.
    ///
    /// Throws if the engine or the store fails.
    public func publishedKey(of list: MailingList) throws -> [UInt8] {
        try Certification.add(
            certifications(list.id),
            to: keys.keyring(of: list).publicKey()
        )
    }

    /// Seals a post that every policy has passed.
    ///
    /// Throws if the engine fails; nothing has left then.
    func seal(
        post opened: OpenedMessage,
        overlooked: [Refusal] = [],
        resent: [String] = [],
        for list: MailingList,
        now: Date
    ) throws -> SealedPost {
        guard let content = opened.content, let author = opened.from.first else {
            throw SealerError.nothingToSeal
        }
        let settings = list.settings.copies
        let own = settings.keepsMessageID ? content.messageID.flatMap(Self.oneMessageID) : nil
        var metadata = PostMetadata(
            of: opened,
            content,
            overlooked,
            resent: resent,
            settings
        )
        // What others send again is not her mail.
        let isHers =
            metadata.isProven
            && !overlooked.contains { $0 == .replay || $0 == .staleSignature }
        func frame(_ date: Date) -> SealedPost {
            self.frame(
                .post,
                of: list,
                answering: content.messageID,
                opened.loops,
                date,
                messageID: own,
                author: isHers && settings.isOriginal(author) ? author : nil
            )
        }
        if settings.preservesOriginalSignature {
            let objection = Preservation.objection(
                to: opened,
                author: author,
                isProven: metadata.isProven,
                isPlain: overlooked.isEmpty && resent.isEmpty,
                in: list
            )
            if let objection {
                metadata.say("Signature kept", "no: \(objection)")
            } else if let original = opened.original, let date = Preservation.date(of: opened) {
                let post = frame(date).sealed(bytes: original)
                guard let mac = mac(ofPreserved: post, in: list.id) else {
                    throw SealerError.nothingToSeal
                }
                return post.sealed(bytes: original, mac: mac)
            }
        }
        let frame = frame(now)
        var fields = [
            Entity.Field(
                "From",
                mailboxes: [Self.author(author, content, of: list, isOwn: frame.author != nil)]
            ),
            Entity.Field("To", mailboxes: [Mailbox(address: list.address)]),
            Entity.Field("Subject", settings.subject(content.subject)),
        ]
        // A name that nothing proves must not get the answers.
        if settings.replyTo == .author, metadata.isProven {
            fields.append(Entity.Field("Reply-To", mailboxes: [Mailbox(address: author)]))
        }
        // Threads: an author's own ids become those that the copies have.
        let references = content.references.suffix(20).compactMap { id in
            settings.keepsMessageID
                ? Self.oneMessageID(id)
                : list.addresses.contains {
                    id.lowercased().hasSuffix("@\($0.domain.lowercased())>")
                } ? id : messageID(for: id, of: list)
        }
        if let last = references.last {
            fields += [
                Entity.Field("In-Reply-To", structured: last),
                Entity.Field("References", structured: references.joined(separator: " ")),
            ]
        }
        let entity = settings.stripsOriginalSignature ? content.bareEntity : nil
        var children = [Entity(content: .raw(entity ?? content.entity))]
        if settings.metadataForm == .header { fields += metadata.fields }
        // Programs hide such fields from people.
        if settings.metadataForm == .text || metadata.isWarning {
            children.insert(Entity(content: .text(metadata.text)), at: 0)
        }
        if !settings.footer.isEmpty {
            children.append(Entity(content: .text(settings.footer + "\n")))
        }
        return try seal(frame, of: list, fields: fields, children: children)
    }

    private static func author(
        _ author: EmailAddress,
        _ content: AuthoredContent,
        of list: MailingList,
        isOwn: Bool
    ) -> Mailbox {
        let name = content.authorName.flatMap { $0.isEmpty ? nil : $0 }
        switch list.settings.copies.from {
        case .original where isOwn: return Mailbox(displayName: name, address: author)
        case .author, .original:
            return Mailbox(displayName: name ?? author.localPart, address: list.address)
        case .list: return list.mailbox(list.address)
        }
    }

    /// Seals mail to the owners: what was encrypted opened, the rest as it came.
    func seal(
        ownerMail opened: OpenedMessage,
        original: ReceivedMessage,
        role: ListRole,
        for list: MailingList,
        now: Date
    ) throws -> SealedPost {
        let frame = frame(.ownerMail, of: list, answering: original.messageID, opened.loops, now)
        var children = [
            Entity(content: .text(PostMetadata.ownerText(of: opened, role: role, list: list)))
        ]
        if case .opened = opened.encryption, let content = opened.content {
            children.append(Entity(content: .raw(content.entity)))
        }
        children.append(attached(original, fault: opened.fault))
        var fields = serviceFields(of: list, subject: "Mail to \(list.address(of: role))")
        if let author = opened.from.first, opened.from.count == 1 {
            fields.append(Entity.Field("Reply-To", mailboxes: [Mailbox(address: author)]))
        }
        return try seal(
            frame,
            of: list,
            fields: fields,
            children: children
        )
    }

    /// Seals a report of ours to the owners.
    func seal(reportToOwners text: String, of list: MailingList, now: Date) throws -> SealedPost {
        try seal(
            frame(.ownerMail, of: list, answering: nil, [], now),
            of: list,
            fields: serviceFields(of: list, subject: "Subscribers without copies"),
            children: [Entity(content: .text(text))]
        )
    }

    /// Word without content, for owners who can read nothing else.
    func summons(of list: MailingList, now: Date) -> SealedPost {
        frame(.summons, of: list, answering: nil, [], now)
    }

    // A message that no parser takes is a file: read as a message it would mean
    // different things to different programs.
    private func attached(_ message: ReceivedMessage, fault: OpenedMessage.Fault?) -> Entity {
        switch fault {
        case .outside:
            Entity.attachment(
                type: "application/octet-stream",
                fileName: "message.eml",
                bytes: message.bytes
            )
        case .inside, nil: Entity(content: .message(message.bytes))
        }
    }

    func serviceFields(of list: MailingList, subject: String) -> [Entity.Field] {
        [
            Entity.Field("From", mailboxes: [list.mailbox(list.address(of: .request))]),
            Entity.Field("To", mailboxes: [Mailbox(address: list.address(of: .owner))]),
            Entity.Field("Subject", subject),
        ]
    }

    func frame(
        _ kind: SealedPost.Kind,
        of list: MailingList,
        answering original: String?,
        _ loops: [String],
        _ now: Date,
        to recipient: EmailAddress? = nil,
        inReplyTo: String? = nil,
        messageID own: String? = nil,
        author: EmailAddress? = nil
    ) -> SealedPost {
        var random = RandomSource()
        let identifier = Base32.random(octets: 16, using: &random)
        return SealedPost(
            identifier: identifier,
            kind: kind,
            messageID: own ?? messageID(for: original ?? identifier, of: list),
            date: Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)),
            loops: loops + [list.listID],
            recipient: recipient,
            answering: inReplyTo.flatMap(Self.oneMessageID),
            author: author,
            bytes: []
        )
    }

    // An author's Message-ID names her host. The same id always becomes the
    // same name, so that threads hold, and nobody can tell which it was.
    private func messageID(for original: String, of list: MailingList) -> String {
        "<\(digestKey.name(of: original, in: "message-id \(list.listID)"))@\(list.address.domain)>"
    }

    // What answers somebody's mail names it outside: it must not be more than a name.
    private static func oneMessageID(_ text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, text.utf8.count <= 250,
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            text.hasPrefix("<"), text.hasSuffix(">")
        else { return nil }
        return text
    }

    func seal(
        _ frame: SealedPost,
        of list: MailingList,
        fields: [Entity.Field],
        children: [Entity]
    ) throws -> SealedPost {
        var random = RandomSource()
        let boundary = Boundary.random(using: &random)
        let outer = CopyEnvelope.fields(of: frame, from: list)
        let shared = outer.filter { field in
            !fields.contains { $0.name == field.name } && field.name != "Auto-Submitted"
        }
        let entity = Entity(
            // RFC 9788 §4: the header inside is the true one, and HP-Outer says
            // what stood outside.
            headerFields: fields + shared
                + [Entity.Field(PostIdentity.fieldName, structured: frame.identifier)]
                + outer.map(\.asOuter),
            content: .multipart(
                subtype: "mixed",
                parameters: [("hp", "cipher"), ("protected-headers", "v1")],
                children: children,
                boundary: boundary
            )
        )
        return frame.sealed(
            bytes: try keys.keyring(of: list).seal(entity.serialized(), signed: true)
        )
    }
}

/// Why a message was not sealed.
enum SealerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It was accepted although nothing was opened.
    case nothingToSeal

    var description: String { "an accepted message has no content: this is a defect" }
}
