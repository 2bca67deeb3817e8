import Foundation
import MIME
import MailingList
import OpenPGP
import SMTP

extension Sealer {
    /// Seals a post that every policy has accepted.
    ///
    /// - Throws: An error of the engine; nothing has been sent then.
    func seal(
        post opened: OpenedMessage,
        overlooked: [Refusal] = [],
        resent: [ForwardRemark] = [],
        for list: MailingList,
        now: Date
    ) throws -> SealedPost {
        guard let content = opened.content, let author = opened.outside.from.first else {
            throw SealerError.nothingToSeal
        }
        let settings = list.settings.copies
        let inert = inert(content.bareEntity ?? content.entity, in: list)
        // An author's own signature stays only around what is not changed.
        let isWhole = !inert.isChanged && !settings.stripsOriginalSignature
        let entity = isWhole ? content.entity : inert.entity
        let mayBeClear = settings.encryption == .asReceived && opened.encryption.result == .none
        // RFC 3156 §3: signed parts are 7-bit, including the addresses in them.
        let isNarrow = list.address.isASCII && author.isASCII
        let clear = mayBeClear && isNarrow ? (try? Message(entity))?.root.sevenBitEntity : nil
        var metadata = PostMetadata(
            of: opened,
            content,
            // A copy in clear shows its reader that by itself.
            overlooked.filter { clear == nil || $0 != .notEncrypted },
            resent: resent,
            settings
        )
        if inert.hasMadeText { metadata.note(.madeText(isAttached: settings.htmlParts == .attach)) }
        if mayBeClear, clear == nil {
            metadata.warn(.notInClear)
        }
        // A post that somebody else may have sent again does not carry the author's address.
        let isAuthorsOwn =
            metadata.isProven
            && !overlooked.contains { $0 == .replay || $0 == .staleSignature }
        var draft = PostDraft(clear == nil ? .post : .clearPost, of: list, now)
        draft.original = content.messageID
        draft.kept =
            settings.keepsMessageID ? content.messageID.flatMap(Self.oneMessageID) : nil
        draft.loops = opened.outside.loops
        draft.author = isAuthorsOwn && settings.isOriginal(author) ? author : nil
        if settings.preservesOriginalSignature, clear == nil,
            let preserved = try preserved(
                opened,
                by: author,
                draft,
                isPlain: overlooked.isEmpty && resent.isEmpty,
                &metadata
            )
        {
            return preserved
        }
        let blank = post(draft)
        let fields = fields(of: blank, content, author, metadata, list)
        let children = children(clear ?? entity, metadata, list)
        return clear == nil
            ? try seal(
                blank,
                of: list,
                fields: fields,
                children: children,
                signed: settings.isSigned
            )
            : try sealClear(blank, of: list, fields: fields, children: children)
    }

    // The post as its author signed and encrypted it; nil if that is not possible, and the
    // copies then say why.
    private func preserved(
        _ opened: OpenedMessage,
        by author: EmailAddress,
        _ draft: PostDraft,
        isPlain: Bool,
        _ metadata: inout PostMetadata
    ) throws -> SealedPost? {
        let objection = OriginalSignaturePolicy.objection(
            to: opened,
            author: author,
            isProven: metadata.isProven,
            isPlain: isPlain,
            in: draft.list
        )
        if let objection {
            metadata.warn(.signatureNotKept(objection))
            return nil
        }
        guard let original = opened.encryption.original,
            let date = OriginalSignaturePolicy.date(of: opened)
        else { return nil }
        var dated = PostDraft(draft.kind, of: draft.list, date)
        dated.original = draft.original
        dated.kept = draft.kept
        dated.loops = draft.loops
        dated.author = draft.author
        return try vouched(post(dated).sealed(bytes: original), draft.list)
    }

    private func children(
        _ entity: [UInt8],
        _ metadata: PostMetadata,
        _ list: MailingList
    ) -> [Entity] {
        let settings = list.settings.copies
        var children = [Entity(content: .raw(entity))]
        // Mail programs do not show the fields that hold the metadata otherwise, so that one line
        // stands in front of the post in any case.
        let isWhole = settings.metadataForm == .text || metadata.isWarning
        let language = list.settings.language
        let lines = isWhole ? metadata.text(in: language) : metadata.authorLine(in: language)
        children.insert(Entity(content: .text(lines)), at: 0)
        if !settings.footer.isEmpty {
            children.append(Entity(content: .text(settings.footer + "\n")))
        }
        return children
    }

    private func fields(
        of blank: SealedPost,
        _ content: AuthoredContent,
        _ address: EmailAddress,
        _ metadata: PostMetadata,
        _ list: MailingList
    ) -> [Entity.Field] {
        let settings = list.settings.copies
        // An unproven name must not be in From.
        let author =
            metadata.isProven
            ? Mailbox(displayName: content.authorName, address: address) : nil
        let provenAuthor = metadata.isProven ? address : nil
        let tag = CopySubject(author: provenAuthor, language: list.settings.language)
        let subject =
            settings.namesAuthorInSubject
            ? tag.tagged(settings.subject(CopySubject.untagged(content.subject)))
            : settings.subject(content.subject)
        var fields = [
            Entity.Field(
                "From",
                mailboxes: [
                    author.map { Self.author($0, of: list, isOwn: blank.author != nil) }
                        ?? list.mailbox(list.address)
                ]
            ),
            Entity.Field("To", mailboxes: [Mailbox(address: list.address)]),
            Entity.Field("Subject", subject),
        ]
        // References to original Message-IDs become the Message-IDs of the copies.
        let references = content.references.suffix(20).compactMap { id in
            let isOurs = list.addresses.contains {
                id.lowercased().hasSuffix("@\($0.domain.lowercased())>")
            }
            return settings.keepsMessageID || isOurs
                ? Self.oneMessageID(id) : messageID(for: id, of: list)
        }
        if let last = references.last {
            fields += [
                Entity.Field("In-Reply-To", structured: last),
                Entity.Field("References", structured: references.joined(separator: " ")),
            ]
        }
        // An unproven address must not get the replies either.
        if settings.replyTo == .author, metadata.isProven {
            fields.append(Entity.Field("Reply-To", mailboxes: [Mailbox(address: address)]))
        }
        if settings.metadataForm == .header { fields += metadata.fields }
        return fields
    }

    private static func author(
        _ author: Mailbox,
        of list: MailingList,
        isOwn: Bool
    ) -> Mailbox {
        // Mail programs show the name and often not the address, so the proven address is in it.
        let name = author.address.named(author.displayName)
        return switch list.settings.copies.from {
        case .original where isOwn: Mailbox(displayName: name, address: author.address)
        case .author, .original: Mailbox(displayName: name, address: list.address)
        case .list: list.mailbox(list.address)
        }
    }
}
