public import Foundation
public import OpenPGP
public import SMTP

/// What every store does alike, because the rules decide and not the store.
extension ListStore {
    /// Makes a list with its owners and its key, or nothing of it.
    public func createList(
        at address: EmailAddress,
        settings: ListSettings,
        owners: [NewSubscriber],
        now: Date,
        makeKey: (MailingList.ID) throws -> Fingerprint,
        discardKey: (MailingList.ID) -> Void
    ) throws -> MailingList {
        try NewListRule.check(owners)
        let id = try transaction { records in
            guard try !records.isInUse(address) else { throw ListStoreError.addressTaken }
            return try records.nextListNumber()
        }
        do {
            let list = MailingList(
                id: id,
                address: address,
                key: MailingList.Key(fingerprint: try makeKey(id)),
                created: Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)),
                settings: settings
            )
            try transaction { records in
                try records.insert(list)
                for owner in owners { try Joining.add(owner, to: id, now: now, in: records) }
            }
            return list
        } catch {
            discardKey(id)
            throw error
        }
    }

    /// The same without owners, for a caller that keeps no key.
    public func createList(
        at address: EmailAddress,
        settings: ListSettings,
        now: Date,
        makeKey: (MailingList.ID) throws -> Fingerprint
    ) throws -> MailingList {
        try createList(
            at: address,
            settings: settings,
            owners: [],
            now: now,
            makeKey: makeKey,
            discardKey: { _ in }
        )
    }

    /// Reads, changes and writes the settings of a list in one transaction.
    @discardableResult
    public func changeSettings(
        of list: MailingList.ID,
        _ change: (inout ListSettings) throws -> Void
    ) throws -> ListSettings {
        try transaction { records in
            guard var settings = try records.list(list)?.settings else {
                throw ListStoreError.notFound
            }
            try change(&settings)
            try records.replaceSettings(settings, of: list)
            return settings
        }
    }

    /// Adds a person, or gives more roles and a certificate to one who is there.
    public func addSubscriber(
        _ address: EmailAddress,
        roles: Subscriber.Roles,
        certificate: Certificate?,
        token: AddressToken,
        to list: MailingList.ID,
        now: Date
    ) throws -> Subscriber {
        let new = NewSubscriber(
            address: address,
            roles: roles,
            certificate: certificate,
            token: token
        )
        return try transaction { try Joining.add(new, to: list, now: now, in: $0) }
    }

    /// Replaces the certificate; the person counts as reachable again.
    public func setCertificate(
        _ certificate: Certificate,
        of subscriber: Subscriber.ID
    ) throws {
        try transaction { records in
            let person = try records.person(subscriber)
            try KeyReplacement.give(certificate, to: person, in: records)
        }
    }

    /// Replaces a certificate by one that was derived from it.
    public func replace(
        _ old: Certificate,
        by certificate: Certificate,
        of subscriber: Subscriber.ID
    ) throws {
        try transaction { records in
            let person = try records.person(subscriber)
            guard person.certificate == old else { throw ListStoreError.outdated }
            try KeyReplacement.give(certificate, to: person, in: records)
        }
    }

    /// Suspends or resumes the copies; resuming forgets the bounces before.
    public func setDelivery(
        _ delivery: Subscriber.Delivery,
        of subscriber: Subscriber.ID
    ) throws {
        try transaction { try Joining.set(delivery, of: subscriber, in: $0) }
    }

    /// Removes roles, and the copies that are owed in these roles.
    public func removeRoles(
        _ roles: Subscriber.Roles,
        of subscriber: Subscriber.ID
    ) throws {
        try transaction { records in
            try RoleRemoval.remove(roles, of: try records.person(subscriber), in: records)
        }
    }

    /// Holds a person's posts for a moderator, or no longer.
    public func setModerated(_ isModerated: Bool, of subscriber: Subscriber.ID) throws {
        try transaction { try $0.setModerated(isModerated, of: subscriber) }
    }
}
