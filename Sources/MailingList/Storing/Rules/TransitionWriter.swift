import Foundation
import OpenPGP
import SMTP

/// Makes the changes that a command or an administrator decided on, inside a transaction.
///
/// Each change was decided on a state that was read before: where that state has changed
/// meanwhile, it does not apply, and the caller must roll the transaction back.
struct TransitionWriter {
    /// Certifications that a list's key carries at most: who imports it is not flooded.
    static let maximumCertifications = 16

    let records: any StoreTransaction
    let list: MailingList.ID
    let now: Date

    /// Makes the changes in order; false if one of them does not apply any more.
    ///
    /// Throws ``ListStoreError/keyInUse`` or ``ListStoreError/notFound`` for a key or a
    /// person, and what the transaction throws.
    func apply(_ changes: [Transition.Change]) throws -> Bool {
        for change in changes where try !apply(change) { return false }
        return true
    }

    /// The same, where a key that is in use and a person who is gone are a changed state
    /// too.
    func applies(_ changes: [Transition.Change]) throws -> Bool {
        do {
            return try apply(changes)
        } catch ListStoreError.keyInUse, ListStoreError.notFound {
            return false
        }
    }

    private func apply(_ change: Transition.Change) throws -> Bool {
        switch change {
        case .begin(let workflow): return try begin(workflow)
        case .advance(let workflow): return try records.update(workflow)
        case .end(let workflow): return try records.delete(workflow)
        case .fail(let workflow): try fail(workflow)
        case .release(let id, let post, to: let audience):
            guard try records.deleteHeldPost(id) else { return false }
            _ = try distribute(post, to: audience)
        case .dismiss(let id): return try records.deleteHeldPost(id)
        case .holdAgain(let post): return try records.renew(post)
        case .trust(let address):
            guard let person = try person(at: address) else { return true }
            try records.setModerated(false, of: person.id)
        case .set(let name, to: let value): return try set(name, to: value)
        case .bindKey(let certificate, to: let address):
            try records.bind(certificate, to: address, of: list, now: now)
        case .unbindKey(of: let address): return try records.unbind(address, of: list)
        case .certify(let certifications):
            try records.write(certifications, of: list, maximum: Self.maximumCertifications)
        case .limitedReply(let kind, to: let address):
            guard try ReplyLimit.allows(kind, to: address, from: list, now: now, in: records)
            else { return false }
            try records.noteReply(kind, to: address, from: list, now: now)
        case .join(let address, let certificate): return try join(address, certificate)
        case .replaceCertificate(let certificate, of: let address, replacing: let old):
            guard let person = try person(at: address) else { return false }
            if let old, person.certificate?.fingerprint != old { return false }
            try KeyReplacement.give(certificate, to: person, in: records)
        case .setDelivery(let delivery, of: let address):
            guard let person = try person(at: address) else { return false }
            try Joining.set(delivery, of: person.id, in: records)
        case .leave(let address):
            guard let person = try person(at: address) else { return false }
            try RoleRemoval.remove(.subscriber, of: person, in: records)
        }
        return true
    }

    /// Distributes a post to an audience, keeps it in the archive if the list keeps any, and
    /// notes whom the audience leaves out for their key alone.
    ///
    /// Throws what the transaction throws.
    ///
    /// - Returns: How many copies are owed.
    func distribute(_ post: SealedPost, to audience: Acceptance.Audience) throws -> Int {
        let people = AudienceFilter(audience, for: post.kind)
        let copies = try records.distribute(post, of: list, to: people, now: now)
        if post.kind.isPost, let days = try records.list(list)?.settings.archiveDays, days > 0 {
            try records.archive(post, of: list)
        }
        if let unreachable = people.withoutKey {
            try records.markUnusable(unreachable, of: list, since: now)
        }
        return copies
    }

    private func person(at address: EmailAddress) throws -> Subscriber? {
        try records.subscriber(at: address, of: list)
    }

    // One of a kind for an address: one that has ended makes way.
    private func begin(_ workflow: Workflow) throws -> Bool {
        try records.deleteWorkflows(
            of: workflow.address,
            in: workflow.list,
            kinds: [workflow.kind],
            endingBy: now
        )
        return try records.insert(workflow)
    }

    // The answer one too many ends it; other answers may have come since it was read.
    private func fail(_ workflow: Workflow) throws {
        guard let known = try records.workflow(workflow.id) else { return }
        if known.failures >= Workflow.maximumFailures {
            try records.deleteWorkflow(known.id)
        } else {
            try records.countFailure(of: known.id)
        }
    }

    private func set(_ name: String, to value: String) throws -> Bool {
        guard var settings = try records.list(list)?.settings else { return false }
        do { try settings.change(name, to: value, by: .owner) } catch { return false }
        try records.replaceSettings(settings, of: list)
        return true
    }

    // Who reads an owner's mail must not get another key into their place; and of the same
    // key, what is known now is newer than what was known then.
    private func join(_ address: EmailAddress, _ certificate: Certificate) throws -> Bool {
        let known = try person(at: address)?.certificate
        guard known == nil || known?.fingerprint == certificate.fingerprint else { return false }
        let new = NewSubscriber(
            address: address,
            roles: .subscriber,
            certificate: known == nil ? certificate : nil
        )
        try Joining.add(new, to: list, now: now, in: records)
        return true
    }
}
