public import Foundation
import GRDB
public import MailingList
public import OpenPGP
public import SMTP

extension SQLiteStore {
    /// People of a list after a row, in the order of their rows.
    public func subscribers(
        of list: MailingList.ID,
        after id: Subscriber.ID,
        limit: Int
    ) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: "s.list = ? AND s.id > ? ORDER BY s.id LIMIT ?",
                [list, id, limit]
            )
        }
    }

    /// The person with this address.
    public func subscriber(
        at address: EmailAddress,
        of list: MailingList.ID
    ) throws -> Subscriber? {
        try read { try SubscriberRecord.find(address, of: list, in: $0) }
    }

    /// The person whose copies carry this token.
    public func subscriber(
        with token: AddressToken,
        of list: MailingList.ID
    ) throws -> Subscriber? {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: "s.token = ? AND s.list = ?",
                [token.description, list]
            ).first
        }
    }

    /// The owners of a list.
    public func owners(of list: MailingList.ID) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: "s.list = ? AND s.roles & 2 ORDER BY s.id",
                [list]
            )
        }
    }

    /// Adds a person, or gives roles and a certificate to one who is there.
    public func addSubscriber(
        _ address: EmailAddress,
        roles: Subscriber.Roles,
        certificate: Certificate?,
        token: AddressToken,
        to list: MailingList.ID,
        now: Date
    ) throws -> Subscriber {
        try write { db in
            try Self.add(
                address,
                roles: roles,
                certificate: certificate,
                token: token,
                to: list,
                now: now,
                in: db
            )
        }
    }

    @discardableResult
    static func add(
        _ address: EmailAddress,
        roles: Subscriber.Roles,
        certificate: Certificate?,
        token: AddressToken,
        to list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws -> Subscriber {
        try db.run(
            """
            INSERT INTO subscriber
                (list, address, address_key, roles, delivery, token, created)
            VALUES (?, ?, ?, ?, 'active', ?, ?)
            ON CONFLICT (list, address_key) DO UPDATE SET roles = roles | excluded.roles
            """,
            [
                list, address.description, address.key, roles.rawValue, token.description,
                now.timestamp,
            ]
        )
        guard let person = try SubscriberRecord.find(address, of: list, in: db) else {
            throw ListStoreError.notFound
        }
        guard let certificate else { return person }
        try give(certificate, to: person, in: db)
        return try SubscriberRecord.get(person.id, in: db)
    }

    /// Replaces the certificate, and forgets that the old one was unusable.
    public func setCertificate(
        _ certificate: Certificate,
        of subscriber: Subscriber.ID
    ) throws {
        try write { db in
            try Self.give(certificate, to: try SubscriberRecord.get(subscriber, in: db), in: db)
        }
    }

    /// The same, of a certificate that was looked at for it.
    public func replace(
        _ old: Certificate,
        by certificate: Certificate,
        of subscriber: Subscriber.ID
    ) throws {
        try write { db in
            let person = try SubscriberRecord.get(subscriber, in: db)
            guard person.certificate == old else { throw ListStoreError.outdated }
            try Self.give(certificate, to: person, in: db)
        }
    }

    /// Suspends or resumes the copies.
    public func setDelivery(
        _ delivery: Subscriber.Delivery,
        of subscriber: Subscriber.ID
    ) throws {
        try write { db in try Self.set(delivery, of: subscriber, in: db) }
    }

    static func set(
        _ delivery: Subscriber.Delivery,
        of subscriber: Subscriber.ID,
        in db: Database
    ) throws {
        switch delivery {
        case .suspended:
            try db.change(
                "UPDATE subscriber SET delivery = 'suspended' WHERE id = ?",
                [subscriber]
            )
        case .active:
            // What came back before says nothing of what comes now.
            try db.change(
                """
                UPDATE subscriber SET delivery = 'active', bounced = NULL, owners_told = NULL,
                    person_told = NULL
                WHERE id = ?
                """,
                [subscriber]
            )
            try db.run("DELETE FROM bounce WHERE subscriber = ?", [subscriber])
        }
    }

    /// Takes roles away, and what is owed to her in these roles; without any
    /// left the person is removed, with all that is owed to her.
    public func removeRoles(
        _ roles: Subscriber.Roles,
        of subscriber: Subscriber.ID
    ) throws {
        try write { db in
            try Self.remove(roles, of: try SubscriberRecord.get(subscriber, in: db), in: db)
        }
    }

    static func remove(
        _ roles: Subscriber.Roles,
        of person: Subscriber,
        in db: Database
    ) throws {
        let left = person.roles.subtracting(roles)
        guard !left.isEmpty else {
            if let certifier = person.certificate?.fingerprint {
                try CertificationRecord.forget(certifier, of: person.list, in: db)
            }
            try WorkflowRecord.forget(person, ["key-change", "key-update", "key-reset"], in: db)
            try WorkflowRecord.forget(person, ["unsubscription"], in: db)
            return try db.run("DELETE FROM subscriber WHERE id = ?", [person.id])
        }
        if roles.contains(.subscriber) {
            try WorkflowRecord.forget(person, ["unsubscription"], in: db)
        }
        try db.run("UPDATE subscriber SET roles = ? WHERE id = ?", [left.rawValue, person.id])
        // A post is for subscribers, everything else for owners and moderators.
        try db.run(
            """
            DELETE FROM delivery WHERE subscriber = ? AND CASE
                WHEN (SELECT kind FROM post WHERE id = delivery.post)
                    IN ('post', 'clear-post') THEN ? ELSE ? END
            """,
            [
                person.id, roles.contains(.subscriber),
                roles.contains(.owner) || (roles.contains(.moderator) && !left.contains(.owner)),
            ]
        )
    }

    static func give(
        _ certificate: Certificate,
        to person: Subscriber,
        in db: Database
    ) throws {
        try CertificateRecord.replace(certificate, of: person.id, list: person.list, in: db)
        // What was begun about what was known before has lost its ground: it would
        // take a revocation back. A key that can be used again needs no other one.
        if let old = person.certificate?.fingerprint, old != certificate.fingerprint {
            try CertificationRecord.forget(old, of: person.list, in: db)
        }
        if let old = person.certificate, old.bytes != certificate.bytes {
            try WorkflowRecord.forget(
                person,
                ["key-change", "key-update", "subscription"],
                in: db
            )
            if certificate.encryptionSubkey != nil {
                try WorkflowRecord.forget(person, ["key-reset"], in: db)
            }
        }
        try db.run(
            """
            UPDATE subscriber SET unusable_since = NULL, unusable_notified = NULL
            WHERE id = ?
            """,
            [person.id]
        )
    }

    /// The key that owners have bound to an address outside the list.
    public func outsider(
        at address: EmailAddress,
        of list: MailingList.ID
    ) throws -> ExternalContact? {
        try read { try ExternalContactRecord.find(address, of: list, in: $0) }
    }

    /// All of them, by address.
    public func outsiders(of list: MailingList.ID) throws -> [ExternalContact] {
        try read { try ExternalContactRecord.all(of: list, in: $0) }
    }
}
