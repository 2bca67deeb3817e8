import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP

/// Decides which external contacts receive a post, and seals the mails to them.
struct Forwarder: Sendable {
    /// The most octets of all forwarded mails of one post; the author waits meanwhile.
    private static let maximumOctets = 50 << 20

    let store: any ListStore
    let sealer: Sealer

    /// The result of the forwarding lines in a post.
    struct Outcome: Sendable {
        /// The mails to external contacts.
        var answers: [SealedAnswer] = []
        /// What the subscribers' copies say of it.
        var lines: [ForwardRemark] = []
    }

    /// Handles the forwarding lines in a post; empty if there are none.
    ///
    /// The lines count only in an encrypted post with a good signature of its author.
    ///
    /// - Parameters:
    ///   - opened: The post.
    ///   - isProven: Whether the author's confirmed key has signed all of it, recently and
    ///     for the first time.
    ///   - isHeld: Whether a moderator released the post without seeing the lines.
    ///   - list: The list.
    ///   - now: The current time.
    /// - Returns: The mails, and the reasons for contacts that receive none.
    /// - Throws: An error of the engine or the store.
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
        // The list signs the subject for external contacts, so the author must have signed it.
        let subject = opened.protected.coversSubject ? content.subject : "\(list.address)"
        outcome.lines = order.faults.map { .notAnAddress($0.visible) }
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
        // Otherwise a reader of another list could post and forward the message here.
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
        let known = try store.externalContact(at: address, of: list.id)?.certificate
        let usable = known.flatMap { known in
            sealer.keys.certificates.encryptionKey(of: known, now: now) == nil ? nil : known
        }
        // A mail goes in clear only if the author allowed it, never for lack of a key.
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
