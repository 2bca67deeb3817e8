import Foundation
import GRDB
import MailingList

/// The state of everything, read from one commit.
struct StatusQuery {
    let db: Database
    let now: Date

    func status() throws -> StoreStatus {
        var status = StoreStatus()
        status.lists = try number("SELECT count(*) FROM list")
        status.subscribers = try number("SELECT count(*) FROM subscriber")
        status.owed = try number("SELECT count(*) FROM delivery")
        status.waiting = try number("SELECT count(*) FROM delivery WHERE waits IS NOT NULL")
        status.oldestOwed = try Int64.fetchOne(db, sql: "SELECT min(sealed) FROM post")
            .map(Date.init(timestamp:))
        status.unusableKeys = try number(
            """
            SELECT count(*)
            FROM subscriber AS s LEFT JOIN certificate AS c ON c.subscriber = s.id
            WHERE s.delivery = :delivery
                AND (s.unusable_since IS NOT NULL OR NOT (\(CertificateRecord.isUsable)))
            """,
            ["now": now.timestamp, "delivery": Subscriber.Delivery.active.rawValue]
        )
        status.listsWithoutReader = try String.fetchAll(
            db,
            sql: """
                SELECT l.address FROM list AS l
                WHERE NOT EXISTS (
                    SELECT 1
                    FROM subscriber AS s JOIN certificate AS c ON c.subscriber = s.id
                    WHERE s.list = l.id AND \(RolesColumn.contains(any: .owner)) AND \(CertificateRecord.isUsable)
                )
                ORDER BY l.address_key
                """,
            arguments: ["now": now.timestamp]
        )
        status.alarms = try AlarmRecord.all(in: db)
        return status
    }

    private func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }
}
