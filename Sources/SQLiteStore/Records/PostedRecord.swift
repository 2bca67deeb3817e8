import Foundation
import GRDB
import MailingList

/// A row of `posted`: how many posts of a person were taken on a day.
enum PostedRecord {
    static func count(_ author: Subscriber.ID, on day: UTCDay, in db: Database) throws {
        try db.run(
            """
            INSERT INTO posted (subscriber, day, count)
            SELECT id, ?, 1 FROM subscriber WHERE id = ?
            ON CONFLICT DO UPDATE SET count = count + 1
            """,
            [day.number, author]
        )
    }

    static func posts(of author: Subscriber.ID, on day: UTCDay, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT count FROM posted WHERE subscriber = ? AND day = ?"
        )
        return try Int.fetchOne(statement, arguments: [author, day.number]) ?? 0
    }

    static func prune(_ retention: Retention, in db: Database) throws {
        try db.run("DELETE FROM posted WHERE day < ?", [retention.acceptedPosts.number])
    }
}
