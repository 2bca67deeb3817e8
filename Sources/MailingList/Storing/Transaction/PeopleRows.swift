public import Foundation
public import OpenPGP
public import SMTP

/// Operations of a transaction on people, their bounces and their posts of a day.
public protocol PeopleRows {
    /// The person with this number.
    func subscriber(_ id: Subscriber.ID) throws -> Subscriber?
    /// The person with this address.
    func subscriber(at address: EmailAddress, of list: MailingList.ID) throws -> Subscriber?
    /// Writes a new person with active delivery; the certificate is written apart from it.
    func insert(_ person: NewSubscriber, of list: MailingList.ID, now: Date) throws
    /// Deletes a person with their certificate and every copy that is owed to them.
    func deleteSubscriber(_ id: Subscriber.ID) throws
    /// Writes the roles, of which there must be one.
    func setRoles(_ roles: Subscriber.Roles, of id: Subscriber.ID) throws
    /// Replaces the certificate. Throws ``ListStoreError/keyInUse`` if any of
    /// ``OpenPGP/Certificate/provenFingerprints`` belongs to another person of the list.
    func setCertificate(_ certificate: Certificate, of person: Subscriber) throws
    /// Writes whether copies are made for a person.
    func setDelivery(_ delivery: Subscriber.Delivery, of id: Subscriber.ID) throws
    /// Writes since when bounces have suspended the delivery, which must be suspended, and
    /// that nobody has been told; nil if they have not.
    func setBounced(since time: Date?, of id: Subscriber.ID) throws
    /// Writes since when a person's key cannot encrypt, and that nobody has been told; nil
    /// if it can.
    func setUnusable(since time: Date?, of id: Subscriber.ID) throws
    /// Writes why the last copy could not be delivered for good.
    func setFailure(_ reason: String, at now: Date, of id: Subscriber.ID) throws
    /// Writes whether a person's posts are held for a moderator.
    func setModerated(_ isModerated: Bool, of id: Subscriber.ID) throws

    /// Days on which a person's copies came back, the first one first.
    func bounces(of id: Subscriber.ID) throws -> [(received: Date, bounce: Bounce)]
    /// Writes the bounce of a day, in place of one that is there.
    func write(_ bounce: Bounce, of id: Subscriber.ID, on day: UTCDay, received: Date) throws
    /// Deletes the bounces of a person.
    func deleteBounces(of id: Subscriber.ID) throws

    /// How many posts of a person were accepted on a day.
    func acceptedPosts(of author: Subscriber.ID, on day: UTCDay) throws -> Int
    /// Adds one to that number; does nothing if the person was deleted meanwhile.
    func countPost(of author: Subscriber.ID, on day: UTCDay) throws
}
