public import Foundation
import GnuPG
import MIME
public import MailingList
import OpenPGP
import SMTP

/// Keeps messages that wait for a moderator, and carries the decision out.
public struct Moderation: Sendable {
    /// What may have come about while it waited, and is no reason to ask again.
    private static let outlived: Set<Refusal> = [.staleSignature, .replay, .moderated, .emergency]
    /// Octets of a message that stand in a notice; a larger one is read on the host.
    private static let maximumAttached = 2 << 20

    private let store: any ListStore
    private let opener: MessageOpener
    private let sealer: Sealer

    /// Opens and seals with these.
    public init(store: any ListStore, opener: MessageOpener, sealer: Sealer) {
        self.store = store
        self.opener = opener
        self.sealer = sealer
    }

    /// The message as it is kept, and what moderators are told.
    ///
    /// It is encrypted to the list's key and signed by nobody: the list signs nothing
    /// that nobody has approved.
    func hold(
        _ message: ReceivedMessage,
        _ opened: OpenedMessage,
        for list: MailingList,
        _ reasons: [Refusal],
        _ detail: String,
        now: Date
    ) throws -> Acceptance.Effect {
        var random = RandomSource()
        let token = WorkflowToken.random(using: &random)
        let unsealed = HeldPost(
            id: 0,
            list: list.id,
            reasons: reasons,
            detail: detail,
            author: opened.from.count == 1 ? opened.from.first : nil,
            size: message.size,
            received: Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)),
            token: token.digest,
            mac: [],
            bytes: try sealer.keys.keyring(of: list).seal(message.bytes, signed: false)
        )
        let post = unsealed.authenticated(by: sealer.mac(of: unsealed))
        let notice = notice(of: post, opened, message, token, list: list)
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
        // She decides about what owners could have let pass; nothing else is hers.
        let seen = held.reasons.filter(PostActions.isChoice)
        let context = PolicyContext(
            list: list,
            now: now,
            overlooking: Self.outlived.union(seen),
            isClaimed: { _ in false }
        )
        let ruling = try StandardPolicies.ruling(on: opened, in: context)
        switch ruling.verdict {
        case .accept:
            guard opened.content != nil else {
                return .impossible(.noContent)
            }
            let isProven = SignaturePolicy().judge(opened, in: context) == .passes
            let skipped =
                list.settings.deliversOwnPosts || !isProven ? nil : opened.author?.id
            let resent = try Forwarder(store: store, sealer: sealer).outcome(
                of: opened,
                isProven: isProven,
                isHeld: true,
                for: list,
                now: now
            )
            let sealed = try sealer.seal(
                post: opened,
                overlooked: ruling.overlooked,
                resent: resent.lines,
                for: list,
                now: now
            )
            return .released(
                Transition(
                    changes: [.release(held.id, sealed, to: .subscribers(except: skipped))]
                )
            )
        case .hold(let reason), .refuse(let reason), .discard(let reason):
            guard PostActions.isChoice(reason) else { return .impossible(.refused(reason)) }
            var random = RandomSource()
            let token = WorkflowToken.random(using: &random)
            // With all that she has seen before.
            let others = held.reasons + ruling.overlooked
            let unsealed = HeldPost(
                id: held.id,
                list: held.list,
                reasons: others.reduce(into: [reason]) { all, next in
                    if !all.contains(next) { all.append(next) }
                },
                detail: ruling.detail,
                author: held.author,
                size: held.size,
                received: held.received,
                token: token.digest,
                mac: [],
                bytes: held.bytes
            )
            let again = unsealed.authenticated(by: sealer.mac(of: unsealed))
            return .asked(
                Transition(
                    changes: [.holdAgain(again)],
                    answers: [notice(of: again, opened, message, token, list: list)]
                )
            )
        }
    }

    /// What follows when a moderator rejects: the author is told why, if a signature
    /// proves who she is; a name in From proves nothing.
    public func rejection(
        of held: HeldPost,
        of list: MailingList,
        reason: String,
        now: Date
    ) throws -> Transition {
        let list = list.beforeReplacement
        let opened: OpenedMessage
        do { opened = try open(held, of: list).1 } catch is ModerationError {
            // Nobody knows whose it was; that it goes is still what she wants.
            return Transition(changes: [.dismiss(held.id)])
        }
        let context = PolicyContext(list: list, now: now, isClaimed: { _ in false })
        var answers: [Answer] = []
        if let author = opened.author, SignaturePolicy().judge(opened, in: context) == .passes {
            answers.append(
                Answer(
                    reader: .person(author.address, author.certificate),
                    text: AnswerText(.postRejected, ["reason": .reason(reason.onOneLine)]),
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
                    "author": .address(held.author), "reason": .objections(held.reasons),
                    "size": .size(held.size), "token": .text(token.description),
                    "expires": .time(held.expires), "signatures": .signatures(opened.signatures),
                ]
            ),
            attachments: attachments(opened, message),
            answering: nil
        )
    }

    // What was opened is read as a message; what could not be is a file.
    private func attachments(
        _ opened: OpenedMessage,
        _ message: ReceivedMessage
    ) -> [Answer.Attachment] {
        guard message.bytes.count <= Self.maximumAttached else { return [] }
        guard opened.fault == nil, let content = opened.content else {
            return [.file(message.bytes)]
        }
        let mailboxes = opened.from.map { Mailbox(address: $0) }
        return [
            .message(
                Entity(
                    headerFields: [
                        Entity.Field("From", mailboxes: mailboxes),
                        Entity.Field("Subject", content.subject),
                        Entity.Field("MIME-Version", structured: "1.0"),
                    ],
                    content: .raw(content.entity)
                ).serialized()
            )
        ]
    }
}

/// Why nothing can be done with a held message.
public enum ModerationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Its row is not what we wrote.
    case changed(HeldPost.ID)

    /// What happened, and what to do next.
    public var description: String {
        switch self {
        case .changed(let id):
            "held post \(id) is not what was held. Somebody changed the database; restore it "
                + "from a backup, or drop it with 'listseal held discard'."
        }
    }
}
