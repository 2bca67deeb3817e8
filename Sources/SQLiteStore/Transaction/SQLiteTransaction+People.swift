import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

extension SQLiteTransaction {
    func subscriber(_ id: Subscriber.ID) throws -> Subscriber? {
        try SubscriberRecord.all(db, where: "s.id = ?", [id]).first
    }

    func subscriber(at address: EmailAddress, of list: MailingList.ID) throws -> Subscriber? {
        try SubscriberRecord.find(address, of: list, in: db)
    }

    func insert(_ person: NewSubscriber, of list: MailingList.ID, now: Date) throws {
        try db.run(
            """
            INSERT INTO subscriber
                (list, address, address_key, roles, delivery, token, created)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                list, person.address.description, person.address.key, person.roles.rawValue,
                Subscriber.Delivery.active.rawValue, person.token.description, now.timestamp,
            ]
        )
    }

    func deleteSubscriber(_ id: Subscriber.ID) throws {
        try db.run("DELETE FROM subscriber WHERE id = ?", [id])
    }

    func setRoles(_ roles: Subscriber.Roles, of id: Subscriber.ID) throws {
        try db.change("UPDATE subscriber SET roles = ? WHERE id = ?", [roles.rawValue, id])
    }

    func setCertificate(_ certificate: Certificate, of person: Subscriber) throws {
        try CertificateRecord.replace(certificate, of: person.id, list: person.list, in: db)
    }

    func setDelivery(_ delivery: Subscriber.Delivery, of id: Subscriber.ID) throws {
        try db.change("UPDATE subscriber SET delivery = ? WHERE id = ?", [delivery.rawValue, id])
    }

    func setBounced(since time: Date?, of id: Subscriber.ID) throws {
        try db.change(
            """
            UPDATE subscriber SET bounced = ?, owners_told = NULL, person_told = NULL
            WHERE id = ?
            """,
            [time?.timestamp, id]
        )
    }

    func setUnusable(since time: Date?, of id: Subscriber.ID) throws {
        try db.change(
            "UPDATE subscriber SET unusable_since = ?, unusable_notified = NULL WHERE id = ?",
            [time?.timestamp, id]
        )
    }

    func setFailure(_ reason: String, at now: Date, of id: Subscriber.ID) throws {
        try db.change(
            "UPDATE subscriber SET failed = ?, failure = ? WHERE id = ?",
            [now.timestamp, reason, id]
        )
    }

    func setModerated(_ isModerated: Bool, of id: Subscriber.ID) throws {
        try db.change("UPDATE subscriber SET moderated = ? WHERE id = ?", [isModerated, id])
    }

    func bounces(of id: Subscriber.ID) throws -> [(received: Date, bounce: Bounce)] {
        try BounceRecord.all(of: id, in: db)
    }

    func write(_ bounce: Bounce, of id: Subscriber.ID, on day: UTCDay, received: Date) throws {
        try BounceRecord.write(bounce, of: id, on: day, received: received, in: db)
    }

    func deleteBounces(of id: Subscriber.ID) throws {
        try db.run("DELETE FROM bounce WHERE subscriber = ?", [id])
    }

    func acceptedPosts(of author: Subscriber.ID, on day: UTCDay) throws -> Int {
        try PostedRecord.posts(of: author, on: day, in: db)
    }

    func countPost(of author: Subscriber.ID, on day: UTCDay) throws {
        try PostedRecord.count(author, on: day, in: db)
    }
}
