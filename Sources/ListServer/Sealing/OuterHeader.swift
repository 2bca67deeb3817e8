import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

/// The outer header of a copy, which is the same for every subscriber.
///
/// Servers on the way can read only these fields. The header is built from an allow-list
/// and contains nothing of the author, their mail program or their text.
struct OuterHeader: Sendable {
    /// The octets before the armor.
    let before: [UInt8]
    /// The octets after the armor.
    let after: [UInt8]

    /// - Parameters:
    ///   - list: The list that sends the copies.
    ///   - post: The post that is copied.
    ///   - key: The list's key for the Autocrypt field; nil for no field.
    ///   - stored: The fields that stand inside the seal, computed when the post was sealed;
    ///     nil if there are none, and the list as it is now makes them.
    ///   - clear: The part that is sent in clear; nil for an encrypted copy.
    init(
        list: MailingList,
        post: SealedPost,
        key: [UInt8]?,
        stored: [Entity.Field]? = nil,
        clear: CleartextCopy? = nil
    ) {
        var fields = stored ?? Self.fields(of: post, from: list)
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

    /// The outer header fields that were sealed with a post; nil if there are none.
    ///
    /// They stand inside in HP-Outer fields, so that a list that is renamed, or whose settings
    /// change, while copies are due cannot make outside and inside differ.
    ///
    /// - SeeAlso: [RFC 9788 §2.2](https://www.rfc-editor.org/rfc/rfc9788#section-2.2)
    static func stored(inside plaintext: [UInt8]) -> [Entity.Field]? {
        guard let header = try? MessageHeader(plaintext, limits: .sealed) else { return nil }
        let fields = header.values("HP-Outer").compactMap { value -> Entity.Field? in
            guard let colon = value.firstIndex(of: ":") else { return nil }
            return Entity.Field(
                String(value[..<colon]),
                structured: String(value[value.index(after: colon)...].drop { $0 == " " })
            )
        }
        return fields.isEmpty ? nil : fields
    }

    /// The outer header fields of a copy.
    ///
    /// Posts come from the list's address, and service mail comes from `LIST-request`. The
    /// header has only List-* fields whose addresses exist.
    ///
    /// - SeeAlso: [RFC 2919 §2](https://www.rfc-editor.org/rfc/rfc2919#section-2)
    /// - SeeAlso: [RFC 2369 §3](https://www.rfc-editor.org/rfc/rfc2369#section-3)
    static func fields(of post: SealedPost, from list: MailingList) -> [Entity.Field] {
        var fields = addressFields(of: post, list)
        fields += [
            Entity.Field("Date", structured: MessageDate.format(post.date)),
            Entity.Field("Message-ID", structured: post.messageID),
        ]
        let isNamed =
            switch post.kind {
            case .post, .clearPost: list.settings.copies.includesListHeaders
            // A forwarded mail is an ordinary mail to its reader.
            case .resent, .clearResent: false
            case .ownerMail, .summons, .answer, .clearAnswer: true
            }
        if isNamed { fields.append(Entity.Field("List-Id", structured: "<\(list.listID)>")) }
        if post.kind.isPost {
            // RFC 3834 §2: programs do not answer such mail.
            fields.append(Entity.Field("Precedence", structured: "list"))
            if list.settings.copies.replyTo == .list {
                fields.append(Entity.Field("Reply-To", mailboxes: [list.mailbox(list.address)]))
            }
            if isNamed { fields += commandFields(of: list) }
        }
        return fields + post.loops.map { Entity.Field("X-Loop", structured: $0) }
    }

    // From, To and Subject, and the fields that say that a program wrote the mail.
    private static func addressFields(
        of post: SealedPost,
        _ list: MailingList
    ) -> [Entity.Field] {
        let from = Entity.Field("From", mailboxes: [list.mailbox(post.sender(of: list))])
        let recipient = Entity.Field(
            "To",
            mailboxes: post.recipient.map { [Mailbox(address: $0)] } ?? []
        )
        let hidden = Entity.Field("Subject", "[...]")
        switch post.kind {
        case .post, .clearPost:
            return sender(of: post, list) + [
                Entity.Field("To", mailboxes: [Mailbox(address: list.address)]), hidden,
            ]
        case .ownerMail, .summons:
            return [
                from,
                Entity.Field("To", mailboxes: [Mailbox(address: list.address(of: .owner))]),
                post.kind == .summons
                    ? Entity.Field("Subject", "Something needs an owner") : hidden,
                // RFC 3834 §5: no program answers it.
                Entity.Field("Auto-Submitted", structured: "auto-generated"),
            ]
        case .resent, .clearResent: return [from, recipient, hidden]
        case .answer, .clearAnswer:
            // RFC 3834 §5.
            let automatic = Entity.Field("Auto-Submitted", structured: "auto-replied")
            let thread = post.answering.map { answered in
                ["In-Reply-To", "References"].map { Entity.Field($0, structured: answered) }
            }
            return [from, recipient, hidden, automatic] + (thread ?? [])
        }
    }

    /// The List-* fields whose addresses answer.
    ///
    /// - SeeAlso: [RFC 2369 §3](https://www.rfc-editor.org/rfc/rfc2369#section-3)
    private static func commandFields(of list: MailingList) -> [Entity.Field] {
        var fields = [
            // RFC 2369 §3.4: mail programs then offer no reply that would be refused.
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
            Entity.Field("List-Owner", structured: "<mailto:\(list.address(of: .owner))>"),
        ]
        if list.settings.subscriptionPolicy != .closed {
            fields.append(
                Entity.Field(
                    "List-Subscribe",
                    structured: "<mailto:\(list.address(of: .join))>"
                )
            )
        }
        return fields
    }

    // RFC 5322 §3.6.2: Sender names the agent that sends for an author. The author's name is
    // not in the outer header.
    private static func sender(of post: SealedPost, _ list: MailingList) -> [Entity.Field] {
        let own = list.mailbox(list.address)
        guard let author = post.author else { return [Entity.Field("From", mailboxes: [own])] }
        return [
            Entity.Field("From", mailboxes: [Mailbox(address: author)]),
            Entity.Field("Sender", mailboxes: [own]),
        ]
    }

    // Autocrypt Level 1: the address must equal From. The field proves nothing, so the
    // inner header does not repeat it.
    private static func autocrypt(in key: [UInt8], sender: EmailAddress) -> Entity.Field? {
        CertificateScan.autocryptKey(in: key, for: sender.description)
            .flatMap { AutocryptField(address: sender, keyData: $0)?.field }
    }

    // The boundary is the same in every copy of a post, and cannot be guessed.
    private static func boundary(of post: SealedPost) -> String { "ls-\(post.identifier)" }

    private static func summons(of list: MailingList) -> (subject: String, body: String) {
        list.settings.language.template(.summons)
            .filled(with: ["list": list.address.description])
    }
}

extension SealedPost {
    /// The address in From: the list's for posts, the service address for other mail.
    fileprivate func sender(of list: MailingList) -> EmailAddress {
        switch kind {
        case .post, .clearPost, .resent, .clearResent: list.address
        case .ownerMail, .summons, .answer, .clearAnswer: list.address(of: .request)
        }
    }
}

extension MailingList {
    /// An address of the list with the display name that its owners chose.
    func mailbox(_ address: EmailAddress) -> Mailbox {
        Mailbox(
            displayName: settings.displayName.isEmpty ? nil : settings.displayName,
            address: address
        )
    }
}
