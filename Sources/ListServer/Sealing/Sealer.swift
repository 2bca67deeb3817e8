import Foundation
import GnuPG
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

    /// Seals mail to the owners: what was encrypted opened, the rest as it came.
    func seal(
        ownerMail opened: OpenedMessage,
        original: ReceivedMessage,
        role: ListRole,
        for list: MailingList,
        now: Date
    ) throws -> SealedPost {
        let frame = frame(
            .ownerMail,
            of: list,
            answering: original.messageID,
            opened.outside.loops,
            now
        )
        let (subject, body) = texts.text(PostMetadata.ownerText(of: opened, role, list), of: list)
        var children = [Entity(content: .text(body))]
        if case .opened = opened.encryption.result, let content = opened.content {
            children.append(Entity(content: .raw(content.entity)))
        }
        children.append(attached(original, fault: opened.structure.fault))
        var fields = serviceFields(of: list, subject: subject)
        if let author = opened.outside.from.first, opened.outside.from.count == 1 {
            fields.append(Entity.Field("Reply-To", mailboxes: [Mailbox(address: author)]))
        }
        return try seal(
            frame,
            of: list,
            fields: fields,
            children: children
        )
    }

    /// Seals a report to the owners.
    func seal(
        reportToOwners text: AnswerText,
        of list: MailingList,
        now: Date
    ) throws -> SealedPost {
        let (subject, body) = texts.text(text, of: list)
        return try seal(
            frame(.ownerMail, of: list, answering: nil, [], now),
            of: list,
            fields: serviceFields(of: list, subject: subject),
            children: [Entity(content: .text(body))]
        )
    }

    /// A mail in clear and without content, for owners to whom the list cannot encrypt.
    func summons(of list: MailingList, now: Date) -> SealedPost {
        frame(.summons, of: list, answering: nil, [], now)
    }

    // A message that no parser takes is a file: read as a message it would mean
    // different things to different programs.
    private func attached(
        _ message: ReceivedMessage,
        fault: OpenedMessage.Structure.Fault?
    ) -> Entity {
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
    func messageID(for original: String, of list: MailingList) -> String {
        "<\(digestKey.name(of: original, in: "message-id \(list.listID)"))@\(list.address.domain)>"
    }

    // What answers somebody's mail names it outside: it must not be more than a name.
    static func oneMessageID(_ text: String) -> String? {
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
        children: [Entity],
        signed: Bool = true
    ) throws -> SealedPost {
        var random = RandomSource()
        let boundary = Boundary.random(using: &random)
        let outer = OuterHeader.fields(of: frame, from: list)
        let shared = outer.filter { field in
            !fields.contains { $0.name == field.name } && field.name != "Auto-Submitted"
        }
        let entity = Entity(
            // RFC 9788 §4: the header inside is the true one, and HP-Outer says
            // what stood outside.
            headerFields: fields + shared
                + [PostIdentity.field(of: frame)]
                + outer.map(\.asOuter),
            content: .multipart(
                subtype: "mixed",
                parameters: [("hp", "cipher"), ("protected-headers", "v1")],
                children: children,
                boundary: boundary
            )
        )
        let bytes = try keys.keyring(of: list).seal(entity.serialized(), signed: signed)
        return signed ? frame.sealed(bytes: bytes) : try vouched(frame.sealed(bytes: bytes), list)
    }

    /// The same with what stands for the list's signature, where that is missing.
    func vouched(_ post: SealedPost, _ list: MailingList) throws -> SealedPost {
        guard let mac = mac(ofUnsigned: post, in: list.id) else {
            throw SealerError.nothingToSeal
        }
        return post.sealed(bytes: post.bytes, mac: mac)
    }
}

/// Why a message was not sealed.
enum SealerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It was accepted although nothing was opened.
    case nothingToSeal

    var description: String { "an accepted message has no content: this is a defect" }
}
