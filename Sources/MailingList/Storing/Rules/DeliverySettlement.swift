import Foundation
import SMTP

/// What follows from an attempt to deliver a copy.
struct DeliverySettlement {
    let records: any StoreTransaction
    let now: Date

    /// Writes what became of one attempt; does nothing for a delivery that is gone.
    ///
    /// Throws what the transaction throws.
    func settle(_ id: Delivery.ID, _ outcome: Delivery.Outcome) throws {
        switch outcome {
        case .delivered: return try records.deleteDelivery(id)
        case .postponed(let time, let reason):
            return try records.postpone(id, until: time, reason: reason)
        case .unknown(let time, let reason):
            return try records.postponeUnknown(id, until: time, reason: reason)
        case .notTried: return try records.forgetAttempt(id)
        case .dueNow: return try records.setNextAttempt(id, to: now)
        case .waits(let wait, let reason):
            guard let facts = try records.delivery(id) else { return }
            try records.setWaiting(id, for: wait, reason: reason)
            return try noteMissed(facts, reason, waiting: id)
        case .undeliverable(let reason, let status):
            guard let facts = try records.delivery(id) else { return }
            try refuse(facts, reason, status)
            try noteMissed(facts, reason)
        case .keyUnusable:
            guard let facts = try records.delivery(id) else { return }
            if let subscriber = facts.subscriber {
                if try records.subscriber(subscriber)?.unusableSince == nil {
                    try records.setUnusable(since: now, of: subscriber)
                }
            } else {
                try noteMissed(facts, "the key cannot encrypt now")
            }
        }
        try records.deleteDelivery(id)
    }

    // What our own Postfix refuses would come back as a bounce elsewhere.
    private func refuse(
        _ facts: DeliveryFacts,
        _ reason: String,
        _ status: EnhancedStatusCode?
    ) throws {
        guard let subscriber = facts.subscriber else { return }
        try records.setFailure(reason, at: now, of: subscriber)
        guard let kind = Bounce.kind(ofFailure: status),
            let person = try records.subscriber(subscriber),
            let settings = try records.list(facts.list)?.settings
        else { return }
        try BounceLimit.count(
            Bounce(kind: kind, status: status, detail: reason),
            of: person,
            settings: settings,
            now: now,
            in: records
        )
    }

    // Owners learn of every copy that a subscriber does not receive. Every copy of a
    // forwarded post says that it was sent outside, so owners learn that it was not.
    private func noteMissed(
        _ facts: DeliveryFacts,
        _ reason: String,
        waiting id: Delivery.ID? = nil
    ) throws {
        if facts.kind.isForwarded, let recipient = facts.recipient {
            return try records.noteUnsent(to: recipient, reason: reason, of: facts.list)
        }
        guard let person = try facts.subscriber.flatMap({ try records.subscriber($0) }) else {
            return
        }
        try records.noteMissed(
            person.address.description,
            MissedCopyFacts(messageID: facts.messageID, reason: reason, delivery: id),
            of: facts.list,
            now: now
        )
    }
}

extension SealedPost.Kind {
    /// Whether it is a post for one address outside the list.
    public var isForwarded: Bool { self == .resent || self == .clearResent }
}
