import Foundation
import GRDB
import MailingList
import SMTP

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
        status.bounced = try number("SELECT count(*) FROM subscriber WHERE bounced IS NOT NULL")
        status.listsBouncing = try String.fetchAll(
            db,
            sql: Self.bouncing,
            arguments: ["since": now.addingTimeInterval(-86_400).timestamp]
        )
        status.listsPaused = try ListRecord.all(in: db).filter(\.settings.isPaused)
            .map(\.address.description)
        status.alarms = try AlarmRecord.all(in: db)
        return status
    }

    private static let bouncing = """
        SELECT l.address FROM list AS l
            JOIN subscriber AS s ON s.list = l.id
                AND (s.delivery = 'active' OR s.bounced IS NOT NULL)
            LEFT JOIN bounce AS b ON b.subscriber = s.id AND b.received > :since
        GROUP BY l.id
        HAVING 2 * count(DISTINCT CASE
            WHEN s.bounced IS NOT NULL OR b.subscriber IS NOT NULL THEN s.id END)
            >= count(DISTINCT s.id)
        ORDER BY l.address_key
        """

    private func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
    }
}
