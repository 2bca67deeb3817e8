public import Foundation
public import OpenPGP
public import SMTP

/// Who is on a list, in which roles, with which key; and the keys of people outside.
public protocol PeopleRecords: Sendable {
    /// People of a list after a row, ordered by row. Throws only a failure of the store.
    func subscribers(
        of list: MailingList.ID,
        after id: Subscriber.ID,
        limit: Int
    ) throws -> [Subscriber]
    /// People of a list who hold any of some roles, after a row, ordered by row: the limit
    /// counts only them. Throws only a failure of the store.
    func subscribers(
        of list: MailingList.ID,
        holding roles: Subscriber.Roles,
        after id: Subscriber.ID,
        limit: Int
    ) throws -> [Subscriber]
    /// The person with this address, in any case of letters.
    /// Throws only a failure of the store.
    func subscriber(at address: EmailAddress, of list: MailingList.ID) throws -> Subscriber?
    /// The person whose copies carry this token. Throws only a failure of the store.
    func subscriber(with token: AddressToken, of list: MailingList.ID) throws -> Subscriber?
    /// The owners of a list. Throws only a failure of the store.
    func owners(of list: MailingList.ID) throws -> [Subscriber]
    /// Adds a person, or gives more roles and a certificate to one who is there.
    ///
    /// Throws ``ListStoreError/keyInUse`` if any key of the certificate belongs to another
    /// person of the list: two owners with one key could sign for each other. Throws
    /// ``ListStoreError/notFound`` without such a list.
    func addSubscriber(
        _ address: EmailAddress,
        roles: Subscriber.Roles,
        certificate: Certificate?,
        token: AddressToken,
        to list: MailingList.ID,
        now: Date
    ) throws -> Subscriber
    /// Replaces the certificate; the person counts as reachable again.
    ///
    /// Throws ``ListStoreError/keyInUse`` if a key of it belongs to another person of the
    /// list, and ``ListStoreError/notFound`` without such a person.
    func setCertificate(_ certificate: Certificate, of subscriber: Subscriber.ID) throws
    /// Replaces a certificate by one that was derived from it.
    ///
    /// Throws ``ListStoreError/outdated`` if the person has another one by now: it may be
    /// revoked, and the new one would take that back. Throws as
    /// ``setCertificate(_:of:)`` else.
    func replace(
        _ old: Certificate,
        by certificate: Certificate,
        of subscriber: Subscriber.ID
    ) throws
    /// Suspends or resumes the copies; resuming forgets the bounces before.
    /// Throws ``ListStoreError/notFound`` without such a person.
    func setDelivery(_ delivery: Subscriber.Delivery, of subscriber: Subscriber.ID) throws
    /// Removes roles, and the copies that are owed in these roles; a person without any
    /// role left is deleted, with all copies.
    /// Throws ``ListStoreError/notFound`` without such a person.
    func removeRoles(_ roles: Subscriber.Roles, of subscriber: Subscriber.ID) throws
    /// Holds a person's posts for a moderator, or no longer.
    /// Throws ``ListStoreError/notFound`` without such a person.
    func setModerated(_ isModerated: Bool, of subscriber: Subscriber.ID) throws
    /// Whether any of these keys is a list's, or that of another person of the list.
    /// Throws only a failure of the store.
    func isTaken(
        _ keys: [Fingerprint],
        besides address: EmailAddress,
        in list: MailingList.ID
    ) throws -> Bool

    /// The key that owners have bound to an address outside the list.
    /// Throws only a failure of the store.
    func externalContact(
        at address: EmailAddress,
        of list: MailingList.ID
    ) throws -> ExternalContact?
    /// All of them, ordered by address. Throws only a failure of the store.
    func externalContacts(of list: MailingList.ID) throws -> [ExternalContact]
}
