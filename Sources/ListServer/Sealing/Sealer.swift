import Foundation
import GnuPG
import MIME
public import MailingList
public import OpenPGP
import SMTP

/// Composes a message of a list, signs it, and encrypts it to the list's own key.
///
/// Messages are stored only in this form.
public struct Sealer: Sendable {
    let keys: ListKeys
    let texts: TextCatalog
    let digestKey: DigestKey
    /// How large a copy may be for the MTA.
    public let copyLimit: CopyLimit
    private let certifications: @Sendable (MailingList.ID) throws -> [Certification]

    /// Makes a sealer with these keys and texts.
    ///
    /// - Parameters:
    ///   - keys: The lists' keys.
    ///   - digestKey: The key for replacing authors' Message-IDs.
    ///   - certifications: The certifications that are published with a list's key.
    ///   - texts: The texts of mails.
    ///   - copyLimit: How large a copy may be for the MTA.
    public init(
        keys: ListKeys,
        digestKey: DigestKey,
        certifications: @escaping @Sendable (MailingList.ID) throws -> [Certification],
        texts: TextCatalog = TextCatalog(directory: nil),
        copyLimit: CopyLimit = CopyLimit()
    ) {
        self.copyLimit = copyLimit
        self.keys = keys
        self.texts = texts
        self.digestKey = digestKey
        self.certifications = certifications
    }

    /// A list's public key with the certifications that people have returned.
    ///
    /// - Throws: An error of the engine or the store.
    public func publishedKey(of list: MailingList) throws -> [UInt8] {
        try Certification.add(
            certifications(list.id),
            to: keys.keyring(of: list).publicKey()
        )
    }

    /// Seals mail to the owners: what could be opened as text and files, and the whole as a file.
    func seal(
        ownerMail opened: OpenedMessage,
        original: ReceivedMessage,
        role: ListRole,
        for list: MailingList,
        now: Date
    ) throws -> SealedPost {
        var draft = PostDraft(.ownerMail, of: list, now)
        draft.original = original.messageID
        draft.loops = opened.outside.loops
        let (subject, body) = texts.text(PostMetadata.ownerText(of: opened, role, list), of: list)
        var children = [Entity(content: .text(body))]
        if let content = opened.content {
            children.append(foreign(content.bareEntity ?? content.entity, list))
        }
        children.append(Entity.message(original.bytes))
        var fields = serviceFields(of: list, subject: subject)
        if let author = opened.outside.from.first, opened.outside.from.count == 1 {
            fields.append(Entity.Field("Reply-To", mailboxes: [Mailbox(address: author)]))
        }
        return try seal(
            post(draft),
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
            post(PostDraft(.ownerMail, of: list, now)),
            of: list,
            fields: serviceFields(of: list, subject: subject),
            children: [Entity(content: .text(body))]
        )
    }

    /// A mail in clear and without content, for owners to whom the list cannot encrypt.
    func summons(of list: MailingList, now: Date) -> SealedPost {
        post(PostDraft(.summons, of: list, now))
    }

    func serviceFields(of list: MailingList, subject: String) -> [Entity.Field] {
        [
            Entity.Field("From", mailboxes: [list.mailbox(list.address(of: .request))]),
            Entity.Field("To", mailboxes: [Mailbox(address: list.address(of: .owner))]),
            Entity.Field("Subject", subject),
        ]
    }

    // An author's Message-ID contains their host. The same id always becomes the same
    // digest, so threads stay together, and nobody can find the original id.
    func messageID(for original: String, of list: MailingList) -> String {
        "<\(digestKey.name(of: original, in: "message-id \(list.listID)"))@\(list.address.domain)>"
    }

    // The outer header repeats this id, so it must be one Message-ID and nothing else.
    static func oneMessageID(_ text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, text.utf8.count <= 250,
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            text.hasPrefix("<"), text.hasSuffix(">")
        else { return nil }
        return text
    }

    func seal(
        _ post: SealedPost,
        of list: MailingList,
        fields: [Entity.Field],
        children: [Entity],
        signed: Bool = true
    ) throws -> SealedPost {
        var random = RandomSource()
        let boundary = Boundary.random(using: &random)
        let outer = OuterHeader.fields(of: post, from: list)
        let shared = outer.filter { field in
            !fields.contains { $0.name == field.name } && field.name != "Auto-Submitted"
        }
        let entity = Entity(
            // RFC 9788 §4: the inner header is authoritative, and HP-Outer repeats the
            // outer header.
            headerFields: fields + shared
                + [PostIdentity.field(of: post)]
                + outer.map(\.asOuter),
            content: .multipart(
                subtype: "mixed",
                parameters: [("hp", "cipher"), ("protected-headers", "v1")],
                children: children,
                boundary: boundary
            )
        )
        let bytes = try keys.keyring(of: list).seal(entity.serialized(), signed: signed)
        return signed ? post.sealed(bytes: bytes) : try vouched(post.sealed(bytes: bytes), list)
    }

    /// The post with an authentication code in the place of the list's signature.
    func vouched(_ post: SealedPost, _ list: MailingList) throws -> SealedPost {
        guard let mac = mac(ofUnsigned: post, in: list.id) else {
            throw SealerError.nothingToSeal
        }
        return post.sealed(bytes: post.bytes, mac: mac)
    }
}

/// The reason why a message was not sealed.
enum SealerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The message has no opened content to seal.
    case nothingToSeal

    var description: String { "an accepted message has no content: this is a defect" }
}
