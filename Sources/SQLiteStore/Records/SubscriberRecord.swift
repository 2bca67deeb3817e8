import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `subscriber`, joined with the certificate.
struct SubscriberRecord: FetchableRecord {
    let subscriber: Subscriber

    /// Rows `s` of people, with their certificates `c`.
    static let selection = """
        SELECT s.id, s.list, s.address, s.roles, s.delivery, s.token, s.created,
            s.unusable_since, s.moderated, s.bounced, \(CertificateRecord.columns)
        FROM subscriber AS s LEFT JOIN certificate AS c ON c.subscriber = s.id
        """

    init(row: Row) throws {
        let id: Int64 = row["id"]
        guard let address = EmailAddress(row["address"]),
            let delivery = Subscriber.Delivery(rawValue: row["delivery"]),
            let token = AddressToken(row["token"] as String)
        else { throw SQLiteStoreError.damaged(table: "subscriber", row: id) }
        var subscriber = Subscriber(
            id: id,
            list: row["list"],
            address: address,
            roles: Subscriber.Roles(rawValue: row["roles"]),
            certificate: try CertificateRecord.certificate(in: row, subscriber: id),
            token: token,
            created: Date(timestamp: row["created"])
        )
        subscriber.delivery = delivery
        subscriber.unusableSince = (row["unusable_since"] as Int64?).map(Date.init(timestamp:))
        subscriber.isModerated = row["moderated"]
        subscriber.bouncedSince = (row["bounced"] as Int64?).map(Date.init(timestamp:))
        self.subscriber = subscriber
    }

    /// The people for whom a condition on `s` and `c` holds.
    static func all(
        _ db: Database,
        where condition: String,
        _ arguments: StatementArguments
    ) throws -> [Subscriber] {
        let statement = try db.cachedStatement(sql: selection + " WHERE " + condition)
        return try fetchAll(statement, arguments: arguments).map(\.subscriber)
    }

    /// The person with this address.
    static func find(
        _ address: EmailAddress,
        of list: MailingList.ID,
        in db: Database
    ) throws -> Subscriber? {
        try all(db, where: "s.list = ? AND s.address_key = ?", [list, address.key]).first
    }
}
