public import Foundation
import GnuPG
import MIME
public import MailingList
import OpenPGP
import SMTP

/// Keeps messages that wait for a moderator, and carries the decision out.
public struct Moderation: Sendable {
    /// Octets of a message that stand in a notice; a larger one is read on the host.
    private static let maximumAttached = 2 << 20

    /// Characters of a Subject in a notice.
    private static let maximumSubject = 200

    private let store: any ListStore
    private let opener: MessageOpener
    private let sealer: Sealer

    private let judge: Judge

    /// Opens and seals with these.
    public init(store: any ListStore, opener: MessageOpener, sealer: Sealer) {
        self.store = store
        judge = Judge(store: store, sealer: sealer)
        self.opener = opener
        self.sealer = sealer
    }

    /// The message as it is kept, and what moderators are told.
    ///
    /// It is encrypted to the list's key and signed by nobody: the list signs nothing
    /// that nobody has approved.
    func hold(
        _ arrival: Arrival,
        for reasons: [Refusal],
        _ detail: String,
        now: Date
    ) throws -> Acceptance.Effect {
        let (list, opened) = (arrival.recipient.list, arrival.opened)
        var random = RandomSource()
        let token = WorkflowToken.random(using: &random)
        let unsealed = HeldPost(
            id: 0,
            list: list.id,
            reasons: reasons,
            detail: detail,
            message: HeldPost.Message(
                author: opened.outside.from.count == 1 ? opened.outside.from.first : nil,
                size: arrival.message.size,
                received: Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)),
                bytes: try sealer.keys.keyring(of: list).seal(arrival.message.bytes, signed: false)
            ),
            token: token.digest
        )
        let post = unsealed.authenticated(by: sealer.mac(of: unsealed))
        let notice = notice(of: post, opened, arrival.message, token, list: list)
        guard let sealed = try sealer.seal(notice, of: list, now: now) else {
            throw SealerError.nothingToSeal
        }
        return .hold(post, notice: sealed)
    }

    /// What follows when a moderator accepts.
    ///
    /// Throws what the engine throws, and ``ModerationError/changed`` if somebody has
    /// written to the row; nothing has changed then.
    public func release(
        _ held: HeldPost,
        of list: MailingList,
        now: Date
    ) throws -> HeldRelease {
        // What waits was taken while that key was in force, revoked or not since.
        let list = list.beforeReplacement
        let (message, opened) = try open(held, of: list)
        let judgement = try judge.judge(opened, as: .post, for: list, released: held, now: now)
        switch judgement.verdict {
        case .accept:
            guard
                let sealed = try PostSealing(store: store, sealer: sealer).seal(
                    opened,
                    judgement,
                    for: list,
                    isReleased: true,
                    now: now
                )
            else { return .impossible(.noContent) }
            return .released(
                Transition(changes: [.release(held.id, sealed.post, to: sealed.audience)])
            )
        case .hold(let reason), .refuse(let reason), .discard(let reason):
            guard PostActions.isChoice(reason) else { return .impossible(.refused(reason)) }
            return .asked(again(held, reason, judgement, opened, message, list))
        }
    }

    // Asks once more, with every objection that the moderators have seen before.
    private func again(
        _ held: HeldPost,
        _ reason: Refusal,
        _ judgement: Judgement,
        _ opened: OpenedMessage,
        _ message: ReceivedMessage,
        _ list: MailingList
    ) -> Transition {
        var random = RandomSource()
        let token = WorkflowToken.random(using: &random)
        let others = held.reasons + judgement.overlooked
        let unsealed = HeldPost(
            id: held.id,
            list: held.list,
            reasons: others.reduce(into: [reason]) { all, next in
                if !all.contains(next) { all.append(next) }
            },
            detail: judgement.detail,
            message: held.message,
            token: token.digest
        )
        let again = unsealed.authenticated(by: sealer.mac(of: unsealed))
        return Transition(
            changes: [.holdAgain(again)],
            answers: [notice(of: again, opened, message, token, list: list)]
        )
    }

    /// The changes that follow when a moderator rejects a post.
    ///
    /// The author is told why, if a signature proves who it is. A name in From proves nothing.
    public func rejection(
        of held: HeldPost,
        of list: MailingList,
        reason: String,
        now: Date
    ) throws -> Transition {
        let list = list.beforeReplacement
        let opened: OpenedMessage
        do { opened = try open(held, of: list).1 } catch is ModerationError {
            // Nobody knows who wrote it, and the moderator wants it removed all the same.
            return Transition(changes: [.dismiss(held.id)])
        }
        var answers: [Answer] = []
        if let author = AuthorProof(of: opened, for: list, now: now).author {
            answers.append(
                Answer(
                    reader: .person(author.address, author.certificate),
                    text: AnswerText(.postRejected, ["reason": .reason(reason.visible)]),
                    attachments: [],
                    answering: nil
                )
            )
        }
        return Transition(changes: [.dismiss(held.id)], answers: answers)
    }

    /// The message as it came, for the administrator to read.
    public func original(of held: HeldPost, of list: MailingList) throws -> [UInt8] {
        guard sealer.mac(of: held) == held.mac else { throw ModerationError.changed(held.id) }
        return try sealer.keys.keyring(of: list, opening: held.bytes).open(
            sealed: held.bytes,
            limit: max(1 << 20, held.bytes.count),
            requireSignature: false
        ).plaintext
    }

    private func open(
        _ held: HeldPost,
        of list: MailingList
    ) throws -> (ReceivedMessage, OpenedMessage) {
        let message = ReceivedMessage(bytes: try original(of: held, of: list))
        return (message, try opener.open(message, for: list))
    }

    private func notice(
        of held: HeldPost,
        _ opened: OpenedMessage,
        _ message: ReceivedMessage,
        _ token: WorkflowToken,
        list: MailingList
    ) -> Answer {
        Answer(
            reader: .deciders,
            text: AnswerText(
                .held,
                [
                    "author": .address(held.author),
                    "proven-author": .provenAuthor(PostMetadata.provenAuthor(of: opened)),
                    "reason": .objections(held.reasons),
                    "subject": .text(
                        String((opened.content?.subject ?? "").prefix(Self.maximumSubject))
                    ),
                    "size": .size(held.size), "token": .text(token.description),
                    "expires": .time(held.expires),
                    "signatures": .signatures(opened.signatures.all),
                ]
            ),
            attachments: attachments(opened, message),
            answering: nil
        )
    }

    // What was opened can be read; what could not be is a file.
    private func attachments(
        _ opened: OpenedMessage,
        _ message: ReceivedMessage
    ) -> [Answer.Attachment] {
        guard message.bytes.count <= Self.maximumAttached else { return [] }
        guard opened.structure.fault == nil, let content = opened.content else {
            return [.message(message.bytes)]
        }
        return [.content(content.bareEntity ?? content.entity)]
    }
}

/// Why nothing can be done with a held message.
public enum ModerationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Its row is not what we wrote.
    case changed(HeldPost.ID)

    /// The same, for the moderator who decides by mail.
    var problem: CommandProblem {
        switch self {
        case .changed(let id): .changedPost(id)
        }
    }

    /// What happened, and what to do next.
    public var description: String {
        switch self {
        case .changed(let id):
            "Somebody has changed held post \(id) in the database. Restore the database from a "
                + "backup, or drop the post with 'listseal held discard \(id)'."
        }
    }
}
