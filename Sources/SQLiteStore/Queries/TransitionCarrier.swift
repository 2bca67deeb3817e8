import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// Carries out what a command changes, inside a transaction of its caller.
struct TransitionCarrier {
    let db: Database
    let list: MailingList.ID
    let now: Date

    /// Makes the changes; false if one of them was decided on a state that is gone:
    /// then the caller must roll back.
    func apply(_ changes: [Transition.Change]) throws -> Bool {
        for change in changes where try !apply(change) { return false }
        return true
    }

    /// The same, where a person or a key that is gone or taken is such a state too.
    func applies(_ changes: [Transition.Change]) throws -> Bool {
        do {
            return try apply(changes)
        } catch ListStoreError.keyInUse, ListStoreError.notFound {
            return false
        }
    }

    private func apply(_ change: Transition.Change) throws -> Bool {
        switch change {
        case .begin(let workflow): return try WorkflowRecord.insert(workflow, now: now, in: db)
        case .advance(let workflow): return try WorkflowRecord.update(workflow, in: db)
        case .end(let workflow): return try WorkflowRecord.delete(workflow, in: db)
        case .fail(let workflow): try WorkflowRecord.fail(workflow, in: db)
        case .release(let id, let post, to: let audience):
            guard try HeldRecord.delete(id, in: db) else { return false }
            let people = AudienceQuery(audience, for: post.kind)
            _ = try PostRecord.distribute(post, of: list, to: people, now: now, in: db)
            try ArchiveRecord.keep(post, of: list, in: db)
            try people.markUnusable(list: list, now: now, in: db)
        case .dismiss(let id): return try HeldRecord.delete(id, in: db)
        case .holdAgain(let post): return try HeldRecord.renew(post, in: db)
        case .trust(let address):
            try db.run(
                "UPDATE subscriber SET moderated = 0 WHERE list = ? AND address_key = ?",
                [list, address.key]
            )
        case .set(let name, to: let value):
            var settings = try SettingRecord.settings(of: list, in: db)
            guard ListSettings.named(name)?.set(&settings, value) ?? false,
                settings.conflict == nil
            else { return false }
            try ListRecord.update(settings, of: list, in: db)
        case .bindKey(let certificate, to: let address):
            try ExternalContactRecord.bind(certificate, to: address, of: list, now: now, in: db)
        case .unbindKey(of: let address):
            return try ExternalContactRecord.unbind(address, of: list, in: db)
        case .certify(let certifications):
            try CertificationRecord.write(certifications, of: list, in: db)
        case .courtesy(let address):
            return try ReplyLimitRecord.note(address, in: list, now: now, db)
        case .join(let address, let certificate):
            // Who reads an owner's mail must not get another key into her place; and of
            // the same key, what is known now is newer than what was known then.
            let known = try SubscriberRecord.find(address, of: list, in: db)?.certificate
            guard known == nil || known?.fingerprint == certificate.fingerprint else {
                return false
            }
            var random = RandomSource()
            try SQLiteStore.add(
                address,
                roles: .subscriber,
                certificate: known == nil ? certificate : nil,
                token: .random(using: &random),
                to: list,
                now: now,
                in: db
            )
        case .replaceCertificate(let certificate, of: let address, replacing: let old):
            guard let person = try SubscriberRecord.find(address, of: list, in: db) else {
                return false
            }
            if let old, person.certificate?.fingerprint != old { return false }
            try SQLiteStore.give(certificate, to: person, in: db)
        case .setDelivery(let delivery, of: let address):
            guard let person = try SubscriberRecord.find(address, of: list, in: db) else {
                return false
            }
            try SQLiteStore.set(delivery, of: person.id, in: db)
        case .leave(let address):
            guard let person = try SubscriberRecord.find(address, of: list, in: db) else {
                return false
            }
            try SQLiteStore.remove(.subscriber, of: person, in: db)
        }
        return true
    }

    /// Puts answers on their way; returns how many copies are owed.
    func send(_ answers: [SealedAnswer]) throws -> Int {
        var copies = 0
        for answer in answers {
            switch answer.reader {
            case .owners, .ownersIfTheyCan, .deciders:
                let sent = try PostRecord.distribute(
                    answer.post,
                    of: list,
                    to: answer.reader == .deciders ? .deciders : .owners,
                    now: now,
                    in: db
                )
                // Nobody would decide: the peer must keep what it has.
                guard sent > 0 || answer.reader == .ownersIfTheyCan else {
                    throw ListStoreError.noReader
                }
                copies += sent
            case .person(_, let certificate):
                try PostRecord.send(answer.post, of: list, to: certificate, now: now, in: db)
                copies += 1
            }
        }
        return copies
    }
}
