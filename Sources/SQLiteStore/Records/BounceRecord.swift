import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `bounce`: that copies came back on one day.
enum BounceRecord {
    /// Writes the bounce of a day, in place of one that is there.
    static func write(
        _ bounce: Bounce,
        of subscriber: Subscriber.ID,
        on day: UTCDay,
        received: Date,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO bounce (subscriber, day, received, kind, status, detail)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET received = excluded.received, kind = excluded.kind,
                status = excluded.status, detail = excluded.detail
            """,
            [
                subscriber, day.number, received.timestamp, bounce.kind.rawValue,
                bounce.status?.description, bounce.detail,
            ]
        )
    }

    /// The days of one person, the first one first.
    static func all(
        of subscriber: Subscriber.ID,
        in db: Database
    ) throws -> [(received: Date, bounce: Bounce)] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT received, kind, status, detail FROM bounce WHERE subscriber = ?
                ORDER BY day
                """
        )
        return try Row.fetchAll(statement, arguments: [subscriber]).map { row in
            guard let kind = Bounce.Kind(rawValue: row["kind"]) else {
                throw SQLiteStoreError.damaged(table: "bounce", row: subscriber)
            }
            let status: String? = row["status"]
            return (
                Date(timestamp: row["received"]),
                Bounce(
                    kind: kind,
                    status: status.flatMap { EnhancedStatusCode($0) },
                    detail: row["detail"]
                )
            )
        }
    }

    static func prune(_ retention: Retention, in db: Database) throws {
        try db.run("DELETE FROM bounce WHERE received <= ?", [retention.bounces.timestamp])
    }
}
