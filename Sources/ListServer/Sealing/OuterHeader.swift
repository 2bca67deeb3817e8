import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// The outside of a copy: the same octets for every subscriber.
///
/// Only what stands here is visible on the way: an allow-list, not what was
/// left over. Nothing of the author, of her program or of her words is in it.
struct OuterHeader: Sendable {
    /// All octets before the armor.
    let before: [UInt8]
    /// All octets behind it.
    let after: [UInt8]

    /// - Parameters:
    ///   - list: Whose copies they are.
    ///   - post: What is copied.
    ///   - key: The list's key, to be told outside; nil to tell none.
    ///   - clear: What leaves in clear, if it does.
    init(
        list: MailingList,
        post: SealedPost,
        key: [UInt8]?,
        clear: CleartextCopy? = nil
    ) {
        var fields = Self.fields(of: post, from: list)
        if let clear { fields = clear.replacing(fields) }
        if let key, post.author == nil,
            !post.kind.isPost || list.settings.copies.includesAutocrypt,
            let field = Self.autocrypt(in: key, sender: post.sender(of: list))
        {
            fields.append(field)
        }
        switch post.kind {
        case .post, .ownerMail, .answer, .resent:
            (before, after) = PGPMIME.encryptedFrame(
                headerFields: fields,
                boundary: Self.boundary(of: post)
            )
        case .clearPost, .clearAnswer, .clearResent:
            fields.append(Entity.Field("MIME-Version", structured: "1.0"))
            before = fields.flatMap { $0.serialized() } + (clear?.entity ?? [])
            after = []
        case .summons:
            before = Entity(
                headerFields: fields,
                content: .text(Self.summons(of: list).body)
            ).serialized()
            after = []
        }
    }

    /// The outer header fields of a copy.
    ///
    /// Posts come from the list's address and service mail from `LIST-request`.
    /// Only those List-* fields stand here whose addresses answer.
    ///
    /// - SeeAlso: [RFC 2919 §2](https://www.rfc-editor.org/rfc/rfc2919#section-2)
    /// - SeeAlso: [RFC 2369 §3](https://www.rfc-editor.org/rfc/rfc2369#section-3)
    static func fields(of post: SealedPost, from list: MailingList) -> [Entity.Field] {
        let owner = list.address(of: .owner)
        var fields: [Entity.Field] = []
        switch post.kind {
        case .post, .clearPost:
            fields += sender(of: post, list)
            fields += [
                Entity.Field("To", mailboxes: [Mailbox(address: list.address)]),
                Entity.Field("Subject", "[...]"),
            ]
        case .ownerMail, .summons:
            fields += [
                Entity.Field("From", mailboxes: [list.mailbox(post.sender(of: list))]),
                Entity.Field("To", mailboxes: [Mailbox(address: owner)]),
                Entity.Field(
                    "Subject",
                    post.kind == .summons ? summons(of: list).subject : "[...]"
                ),
                // RFC 3834 §5: nobody's program shall answer it.
                Entity.Field("Auto-Submitted", structured: "auto-generated"),
            ]
        case .resent, .clearResent:
            fields += [
                Entity.Field("From", mailboxes: [list.mailbox(post.sender(of: list))]),
                Entity.Field("To", mailboxes: post.recipient.map { [Mailbox(address: $0)] } ?? []),
                Entity.Field("Subject", "[...]"),
            ]
        case .answer, .clearAnswer:
            fields += [
                Entity.Field("From", mailboxes: [list.mailbox(post.sender(of: list))]),
                Entity.Field("To", mailboxes: post.recipient.map { [Mailbox(address: $0)] } ?? []),
                Entity.Field("Subject", "[...]"),
                // RFC 3834 §5.
                Entity.Field("Auto-Submitted", structured: "auto-replied"),
            ]
            if let answered = post.answering {
                fields += ["In-Reply-To", "References"].map {
                    Entity.Field($0, structured: answered)
                }
            }
        }
        fields += [
            Entity.Field("Date", structured: MessageDate.format(post.date)),
            Entity.Field("Message-ID", structured: post.messageID),
        ]
        let isNamed =
            switch post.kind {
            case .post, .clearPost: list.settings.copies.includesListHeaders
            // To its reader it is a mail like another.
            case .resent, .clearResent: false
            case .ownerMail, .summons, .answer, .clearAnswer: true
            }
        if isNamed { fields.append(Entity.Field("List-Id", structured: "<\(list.listID)>")) }
        if post.kind.isPost {
            // RFC 3834 §2: without it programs would answer.
            fields.append(Entity.Field("Precedence", structured: "list"))
            if list.settings.copies.replyTo == .list {
                fields.append(Entity.Field("Reply-To", mailboxes: [list.mailbox(list.address)]))
            }
        }
        if post.kind.isPost, isNamed {
            fields += [
                // RFC 2369 §3.4: so that programs offer no answer that would be refused.
                Entity.Field(
                    "List-Post",
                    structured: list.settings.posting == .owners
                        ? "NO" : "<mailto:\(list.address)>"
                ),
                Entity.Field(
                    "List-Help",
                    structured: "<mailto:\(list.address(of: .request))?subject=help>"
                ),
                Entity.Field(
                    "List-Unsubscribe",
                    structured: "<mailto:\(list.address(of: .leave))>"
                ),
                Entity.Field("List-Owner", structured: "<mailto:\(owner)>"),
            ]
            if list.settings.subscriptionPolicy != .closed {
                fields.append(
                    Entity.Field(
                        "List-Subscribe",
                        structured: "<mailto:\(list.address(of: .join))>"
                    )
                )
            }
        }
        fields += post.loops.map { Entity.Field("X-Loop", structured: $0) }
        return fields
    }

    // RFC 5322 §3.6.2: whoever sends for another says so. Her name is nobody's on the way.
    private static func sender(of post: SealedPost, _ list: MailingList) -> [Entity.Field] {
        let own = list.mailbox(list.address)
        guard let author = post.author else { return [Entity.Field("From", mailboxes: [own])] }
        return [
            Entity.Field("From", mailboxes: [Mailbox(address: author)]),
            Entity.Field("Sender", mailboxes: [own]),
        ]
    }

    // Autocrypt Level 1: the address must be that of From. Not one of the fields
    // that stand inside too: it proves nothing.
    private static func autocrypt(in key: [UInt8], sender: EmailAddress) -> Entity.Field? {
        CertificateScan.autocryptKey(in: key, for: sender.description)
            .flatMap { AutocryptField(address: sender, keyData: $0)?.field }
    }

    // The same in every copy of a post, and not to be guessed from outside.
    private static func boundary(of post: SealedPost) -> String { "ls-\(post.identifier)" }

    private static func summons(of list: MailingList) -> (subject: String, body: String) {
        list.settings.language.template(.summons)
            .filled(with: ["list": list.address.description])
    }
}

extension SealedPost {
    /// Whose address stands in From: posts are the list's, all else its service's.
    fileprivate func sender(of list: MailingList) -> EmailAddress {
        switch kind {
        case .post, .clearPost, .resent, .clearResent: list.address
        case .ownerMail, .summons, .answer, .clearAnswer: list.address(of: .request)
        }
    }
}

extension MailingList {
    /// A mailbox of the list under the name that its owners gave it.
    func mailbox(_ address: EmailAddress) -> Mailbox {
        Mailbox(
            displayName: settings.displayName.isEmpty ? nil : settings.displayName,
            address: address
        )
    }
}
