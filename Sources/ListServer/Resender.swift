import Foundation
import MailingList
import OpenPGP
import SMTP

/// Decides to whom outside a post goes on, and seals what they get.
struct Resender: Sendable {
    let store: any ListStore
    let sealer: Sealer

    /// What follows from an order in a post.
    struct Outcome: Sendable {
        /// What goes out.
        var answers: [SealedAnswer] = []
        /// What the subscribers' copies say of it.
        var lines: [String] = []
    }

    /// What follows from the lines in a post; nothing if there are none.
    ///
    /// Only an author whose signature is good, inside an encryption, can order anything.
    ///
    /// - Parameters:
    ///   - opened: The post.
    ///   - isProven: Whether her confirmed key has signed all of it.
    ///   - isHeld: Whether a moderator has let it pass, who saw no order.
    ///   - list: The list.
    ///   - now: The time.
    /// - Returns: Who gets it, and who does not and why.
    /// - Throws: what the engine or the store throws.
    func outcome(
        of opened: OpenedMessage,
        isProven: Bool,
        isHeld: Bool = false,
        for list: MailingList,
        now: Date
    ) throws -> Outcome {
        guard let content = opened.content,
            let order = ResendOrder(in: content.bareEntity ?? content.entity)
        else { return Outcome() }
        var outcome = Outcome()
        if let reason = objection(opened, isProven, isHeld, list) {
            outcome.lines = ["to nobody: \(reason)"]
            return outcome
        }
        outcome.lines = order.faults.map { "not to \($0.onOneLine): no address, or too many" }
        for recipient in order.recipients {
            try send(order, content.subject, to: recipient, for: list, now: now, &outcome)
        }
        return outcome
    }

    private func objection(
        _ opened: OpenedMessage,
        _ isProven: Bool,
        _ isHeld: Bool,
        _ list: MailingList
    ) -> String? {
        guard let author = opened.author, isProven, opened.encryption == .opened else {
            return "the post is not encrypted and signed by a key that the list knows"
        }
        guard !author.roles.isDisjoint(with: list.settings.resendAllowed) else {
            return "resend_allowed does not name a role of its author"
        }
        return isHeld ? "the post waited for a moderator; its author can send it anew" : nil
    }

    private func send(
        _ order: ResendOrder,
        _ subject: String,
        to recipient: ResendOrder.Recipient,
        for list: MailingList,
        now: Date,
        _ outcome: inout Outcome
    ) throws {
        let address = recipient.address
        guard try store.list(at: address) == nil else {
            outcome.lines.append("not to \(address): that is a list")
            return
        }
        let known = try store.outsider(at: address, of: list.id)?.certificate
        let usable = known.flatMap { known in
            sealer.keys.certificates.encryptionKey(of: known, now: now) == nil ? nil : known
        }
        // Nothing goes in clear for want of a key: only because she said so.
        guard usable != nil || recipient.mayBeClear else {
            outcome.lines.append(
                known == nil
                    ? "not to \(address): no key is bound to it; an owner does that by 'key add'"
                    : "not to \(address): its key cannot encrypt now"
            )
            return
        }
        let key = recipient.mayBeClear ? nil : usable
        outcome.answers.append(
            try sealer.seal(order, subject, to: address, key: key, of: list, now: now)
        )
        outcome.lines.append(
            key.map { "to \(address), encrypted to \($0.fingerprint)" }
                ?? "to \(address), in clear"
        )
    }
}
