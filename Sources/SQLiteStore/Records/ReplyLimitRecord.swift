import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `limited_reply`: an address that got a mail of one kind which no token asked for.
enum ReplyLimitRecord {
    /// When the address got the last one.
    static func latest(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        from list: MailingList.ID,
        in db: Database
    ) throws -> Date? {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT written FROM limited_reply
                WHERE list = ? AND address_key = ? AND kind = ?
                """,
            arguments: [list, address.key, kind.rawValue]
        ).map(Date.init(timestamp:))
    }

    /// How many addresses got one after a time.
    static func count(
        _ kind: ReplyLimit.Kind,
        from list: MailingList.ID,
        after time: Date,
        in db: Database
    ) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM limited_reply WHERE list = ? AND kind = ? AND written > ?
                """,
            arguments: [list, kind.rawValue, time.timestamp]
        ) ?? 0
    }

    /// Writes that the address gets one.
    static func write(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        of list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO limited_reply (list, address_key, kind, written) VALUES (?, ?, ?, ?)
            ON CONFLICT (list, address_key, kind) DO UPDATE SET written = excluded.written
            """,
            [list, address.key, kind.rawValue, now.timestamp]
        )
    }

    static func prune(_ retention: Retention, in db: Database) throws {
        try db.run("DELETE FROM limited_reply WHERE written <= ?", [retention.replies.timestamp])
    }
}
