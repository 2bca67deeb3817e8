import OpenPGP

/// What ends when a person loses roles.
public struct RoleRemoval: Sendable, Hashable {
    /// The roles that are left; without any the person is deleted.
    public let remaining: Subscriber.Roles
    /// Workflows that can no longer lead anywhere.
    public let endedWorkflows: [Workflow.Kind]
    /// Kinds of posts of which no copy is owed any more; empty for a person who is deleted,
    /// whose copies all go.
    public let endedCopies: [SealedPost.Kind]

    /// What ends when a person who has `held` loses `removed`.
    ///
    /// A post is for subscribers, everything else for owners and moderators.
    public init(_ removed: Subscriber.Roles, of held: Subscriber.Roles) {
        remaining = held.subtracting(removed)
        guard !remaining.isEmpty else {
            endedWorkflows = [.keyChange, .keyUpdate, .keyReset, .unsubscription]
            endedCopies = []
            return
        }
        endedWorkflows = removed.contains(.subscriber) ? [.unsubscription] : []
        let decidesNoMore =
            removed.contains(.owner)
            || removed.contains(.moderator) && !remaining.contains(.owner)
        endedCopies = SealedPost.Kind.allCases.filter {
            $0.isPost ? removed.contains(.subscriber) : decidesNoMore
        }
    }

    /// Removes roles from a person, with what ends then.
    ///
    /// Throws what the transaction throws.
    static func remove(
        _ roles: Subscriber.Roles,
        of person: Subscriber,
        in records: any StoreTransaction
    ) throws {
        let removal = Self(roles, of: person.roles)
        try records.deleteWorkflows(
            of: person.address,
            in: person.list,
            kinds: removal.endedWorkflows,
            endingBy: nil
        )
        guard removal.remaining.isEmpty else {
            try records.setRoles(removal.remaining, of: person.id)
            return try records.deleteDeliveries(of: person.id, kinds: removal.endedCopies)
        }
        if let certifier = person.certificate?.fingerprint {
            try records.deleteCertifications(by: certifier, of: person.list)
        }
        try records.deleteSubscriber(person.id)
    }
}
