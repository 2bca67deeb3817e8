import Foundation
import MailingList
import OpenPGP
import SMTP

/// Judges an opened message, and changes nothing.
struct Judge: Sendable {
    /// Objections that may have come up while a post waited for a moderator, and are no
    /// reason to ask again.
    private static let outlived: Set<Refusal> = [.staleSignature, .replay, .moderated, .emergency]

    let store: any ListStore
    let sealer: Sealer

    /// Judges by the policies for the purpose of the message.
    ///
    /// - Parameters:
    ///   - opened: The message.
    ///   - purpose: What it is for.
    ///   - list: The list.
    ///   - held: The row of the message, if a moderator has accepted it: the objections that
    ///     owners could have overlooked, and that the moderator has seen, do not count.
    ///   - now: The time.
    /// - Returns: What becomes of it, and why.
    /// - Throws: what the store throws.
    func judge(
        _ opened: OpenedMessage,
        as purpose: MessagePurpose,
        for list: MailingList,
        released held: HeldPost? = nil,
        now: Date
    ) throws -> Judgement {
        let message = purpose == .post ? claimed(opened, list, now) : opened
        return try Judgement(
            of: message,
            as: purpose,
            in: context(message, list, held, now)
        )
    }

    /// The result of every policy, of those too that the judgement did not reach.
    ///
    /// Throws what the store throws.
    func results(
        _ opened: OpenedMessage,
        as purpose: MessagePurpose,
        for list: MailingList,
        now: Date
    ) throws -> [(policy: String, result: PolicyResult)] {
        let message = purpose == .post ? claimed(opened, list, now) : opened
        let context = context(message, list, nil, now)
        return try purpose.policies.map { ($0.name, try $0.judge(message, in: context)) }
    }

    private func context(
        _ message: OpenedMessage,
        _ list: MailingList,
        _ held: HeldPost?,
        _ now: Date
    ) -> PolicyContext {
        var context = context(of: message, list, held, now)
        context.copyLimit = sealer.copyLimit.octets
        return context
    }

    private func context(
        of message: OpenedMessage,
        _ list: MailingList,
        _ held: HeldPost?,
        _ now: Date
    ) -> PolicyContext {
        guard let held else {
            return PolicyContext(
                judging: message,
                for: list,
                now: now,
                posted: { [store] in try store.posts(of: $0, on: now) },
                isClaimed: store.isClaimed
            )
        }
        return PolicyContext(
            judging: message,
            for: list,
            now: now,
            overlooking: Self.outlived.union(held.reasons.filter(PostActions.isChoice)),
            isClaimed: { _ in false }
        )
    }

    // Content that no good signature covers can be sent again as well. Only a keyed digest of
    // ours detects that, since nobody else can compute it.
    private func claimed(
        _ opened: OpenedMessage,
        _ list: MailingList,
        _ now: Date
    ) -> OpenedMessage {
        guard opened.signatures.claims.isEmpty, let content = opened.content,
            let from = opened.outside.from.first
        else { return opened }
        var message = opened
        message.signatures.claims = [
            sealer.claim(ofUnsigned: content, from: from, list: list, now: now)
        ]
        // Whoever carries the ciphertext can give it another From.
        if let ciphertext = opened.encryption.ciphertext {
            message.signatures.claims.append(
                sealer.claim(of: ciphertext, list: list, now: now)
            )
        }
        return message
    }
}
