import Foundation
import GRDB
public import MailingList
import OpenPGP
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

    /// People of a list who hold any of some roles, after a row, in the order of their rows.
    public func subscribers(
        of list: MailingList.ID,
        holding roles: Subscriber.Roles,
        after id: Subscriber.ID,
        limit: Int
    ) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: """
                    s.list = ? AND s.id > ? AND \(RolesColumn.contains(any: roles))
                    ORDER BY s.id LIMIT ?
                    """,
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
                where: "s.list = ? AND \(RolesColumn.contains(any: .owner)) ORDER BY s.id",
                [list]
            )
        }
    }

    /// The key that owners have bound to an address outside the list.
    public func externalContact(
        at address: EmailAddress,
        of list: MailingList.ID
    ) throws -> ExternalContact? {
        try read { try ExternalContactRecord.find(address, of: list, in: $0) }
    }

    /// All of them, by address.
    public func externalContacts(of list: MailingList.ID) throws -> [ExternalContact] {
        try read { try ExternalContactRecord.all(of: list, in: $0) }
    }
}
