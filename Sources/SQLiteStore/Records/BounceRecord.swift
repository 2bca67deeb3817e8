import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `bounce`: that copies came back on one day.
enum BounceRecord {
    /// Kept for so many seconds: a day that is longer ago counts no more.
    static let lifetime: TimeInterval = 30 * 86_400

    /// Counts one, and stops her copies if there were too many days of them.
    static func count(
        _ bounce: Bounce,
        of subscriber: Subscriber.ID,
        limits: ListSettings,
        now: Date,
        in db: Database
    ) throws {
        // What is worse of a day is what counts of it.
        try db.run(
            """
            INSERT INTO bounce (subscriber, day, received, kind, status, detail)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET received = excluded.received, kind = excluded.kind,
                status = excluded.status, detail = excluded.detail
            WHERE bounce.kind = 'soft'
            """,
            [
                subscriber, now.timestamp / 86_400, now.timestamp, bounce.kind.rawValue,
                bounce.status?.description, bounce.detail,
            ]
        )
        let days = try all(of: subscriber, in: db).filter {
            $0.received > now.addingTimeInterval(-lifetime)
        }
        let hard = days.count { $0.bounce.kind == .hard }
        guard
            limits.hardBounceDays > 0 && hard >= limits.hardBounceDays
                || limits.softBounceDays > 0 && days.count >= limits.softBounceDays
        else { return }
        try db.run(
            """
            UPDATE subscriber SET delivery = 'suspended', bounced = ?, owners_told = NULL,
                person_told = NULL
            WHERE id = ? AND delivery = 'active' AND roles & 1
            """,
            [now.timestamp, subscriber]
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

    static func prune(now: Date, in db: Database) throws {
        try db.run(
            "DELETE FROM bounce WHERE received <= ?",
            [now.addingTimeInterval(-lifetime).timestamp]
        )
    }
}
