import Foundation
import GRDB
import MailingList

/// A row of `posted`: how many posts of a person were taken on a day.
enum PostedRecord {
    static func count(_ author: Subscriber.ID, now: Date, in db: Database) throws {
        try db.run(
            """
            INSERT INTO posted (subscriber, day, count)
            SELECT id, ?, 1 FROM subscriber WHERE id = ?
            ON CONFLICT DO UPDATE SET count = count + 1
            """,
            [day(now), author]
        )
    }

    static func posts(of author: Subscriber.ID, on time: Date, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT count FROM posted WHERE subscriber = ? AND day = ?"
        )
        return try Int.fetchOne(statement, arguments: [author, day(time)]) ?? 0
    }

    static func prune(now: Date, in db: Database) throws {
        try db.run("DELETE FROM posted WHERE day < ?", [day(now)])
    }

    private static func day(_ time: Date) -> Int64 { time.timestamp / 86_400 }
}
