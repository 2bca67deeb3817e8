import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP

/// Decides to whom outside a post goes on, and seals what they get.
struct Forwarder: Sendable {
    /// Octets of a post, once for each recipient, while its author waits.
    private static let maximumOctets = 50 << 20

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
    ///   - isProven: Whether her confirmed key has signed all of it, lately and for the
    ///     first time.
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
        if let reason = objection(opened, order, isProven, isHeld, list) {
            outcome.lines = ["to nobody: \(reason)"]
            return outcome
        }
        // Outside, the list's signature stands for it: hers must.
        let subject = opened.protected.coversSubject ? content.subject : "\(list.address)"
        outcome.lines = order.faults.map { "not to \($0.onOneLine): no address, or too many" }
        let affordable = max(1, Self.maximumOctets / max(1, opened.outside.size))
        for recipient in order.recipients.prefix(affordable) {
            try send(order, subject, to: recipient, for: list, now: now, &outcome)
        }
        outcome.lines += order.recipients.dropFirst(affordable).map {
            "not to \($0.address): too large for so many"
        }
        return outcome
    }

    private func objection(
        _ opened: OpenedMessage,
        _ order: ResendOrder,
        _ isProven: Bool,
        _ isHeld: Bool,
        _ list: MailingList
    ) -> String? {
        guard let author = opened.outside.author, isProven, opened.encryption.result == .opened
        else {
            return "the post is not encrypted and signed by a key that the list knows"
        }
        // Else a reader of another list could have it posted, and sent on, here.
        guard opened.namesRecipients || order.list.map(list.addresses.contains) ?? false
        else {
            return "the signature does not say for which list; write 'X-List-Name: "
                + "\(list.address)' beside the order"
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
        guard try ListDirectory(store: store).resolve(address) == .ordinary else {
            outcome.lines.append("not to \(address): that is a list's")
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
