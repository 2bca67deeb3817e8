import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `courtesy`: an address that got a mail which no token asked for.
enum ReplyLimitRecord {
    /// When the address got the last one.
    static func latest(
        to address: EmailAddress,
        from list: MailingList.ID,
        in db: Database
    ) throws -> Date? {
        try Int64.fetchOne(
            db,
            sql: "SELECT written FROM courtesy WHERE list = ? AND address_key = ?",
            arguments: [list, address.key]
        ).map(Date.init(timestamp:))
    }

    /// How many addresses got one after a time.
    static func count(
        from list: MailingList.ID,
        after time: Date,
        in db: Database
    ) throws -> Int {
        try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM courtesy WHERE list = ? AND written > ?",
            arguments: [list, time.timestamp]
        ) ?? 0
    }

    /// Writes that the address gets one.
    static func write(
        _ address: EmailAddress,
        of list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO courtesy (list, address_key, written) VALUES (?, ?, ?)
            ON CONFLICT (list, address_key) DO UPDATE SET written = excluded.written
            """,
            [list, address.key, now.timestamp]
        )
    }

    static func prune(_ retention: Retention, in db: Database) throws {
        try db.run("DELETE FROM courtesy WHERE written <= ?", [retention.replies.timestamp])
    }
}
