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
        var lines: [ForwardRemark] = []
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
            outcome.lines = [.toNobody(reason)]
            return outcome
        }
        // Outside, the list's signature stands for it: hers must.
        let subject = opened.protected.coversSubject ? content.subject : "\(list.address)"
        outcome.lines = order.faults.map { .notAnAddress($0.onOneLine) }
        let affordable = max(1, Self.maximumOctets / max(1, opened.outside.size))
        for recipient in order.recipients.prefix(affordable) {
            try send(order, subject, to: recipient, for: list, now: now, &outcome)
        }
        outcome.lines += order.recipients.dropFirst(affordable).map {
            .tooLarge($0.address)
        }
        return outcome
    }

    private func objection(
        _ opened: OpenedMessage,
        _ order: ResendOrder,
        _ isProven: Bool,
        _ isHeld: Bool,
        _ list: MailingList
    ) -> ForwardRemark.Objection? {
        guard let author = opened.outside.author, isProven, opened.encryption.result == .opened
        else {
            return .notProven
        }
        // Else a reader of another list could have it posted, and sent on, here.
        guard opened.namesRecipients || order.list.map(list.addresses.contains) ?? false
        else {
            return .notBound(to: list.address)
        }
        guard !author.roles.isDisjoint(with: list.settings.resendAllowed) else {
            return .notAllowed
        }
        return isHeld ? .wasHeld : nil
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
            outcome.lines.append(.isList(address))
            return
        }
        let known = try store.outsider(at: address, of: list.id)?.certificate
        let usable = known.flatMap { known in
            sealer.keys.certificates.encryptionKey(of: known, now: now) == nil ? nil : known
        }
        // Nothing goes in clear for want of a key: only because she said so.
        guard usable != nil || recipient.mayBeClear else {
            outcome.lines.append(known == nil ? .noKey(address) : .unusableKey(address))
            return
        }
        let key = recipient.mayBeClear ? nil : usable
        outcome.answers.append(
            try sealer.seal(order, subject, to: address, key: key, of: list, now: now)
        )
        outcome.lines.append(
            key.map { .encrypted(address, $0.fingerprint) } ?? .clear(address)
        )
    }
}
