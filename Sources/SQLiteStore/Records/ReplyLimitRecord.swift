import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `courtesy`: an address that got a mail which no token asked for.
///
/// Anybody can ask in anybody's name. So one such mail a day goes to an address, and
/// a flood of addresses ends at a number an hour.
enum ReplyLimitRecord {
    /// Seconds between two to one address.
    static let interval: TimeInterval = 86_400
    /// How many a list writes in an hour.
    static let maximumPerHour = 500

    static func mayWrite(
        to address: EmailAddress,
        from list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws -> Bool {
        let latest = try Int64.fetchOne(
            db,
            sql: "SELECT written FROM courtesy WHERE list = ? AND address_key = ?",
            arguments: [list, address.key]
        )
        if let latest, latest > now.addingTimeInterval(-interval).timestamp { return false }
        // Strangers who use the hour up must not keep anybody from leaving.
        if try SubscriberRecord.find(address, of: list, in: db) != nil { return true }
        let lately = try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM courtesy WHERE list = ? AND written > ?",
            arguments: [list, now.addingTimeInterval(-3600).timestamp]
        )
        return (lately ?? 0) < maximumPerHour
    }

    /// Notes one; false if another mail was faster.
    static func note(
        _ address: EmailAddress,
        in list: MailingList.ID,
        now: Date,
        _ db: Database
    ) throws -> Bool {
        guard try mayWrite(to: address, from: list, now: now, in: db) else { return false }
        try db.run(
            """
            INSERT INTO courtesy (list, address_key, written) VALUES (?, ?, ?)
            ON CONFLICT (list, address_key) DO UPDATE SET written = excluded.written
            """,
            [list, address.key, now.timestamp]
        )
        return true
    }

    static func prune(now: Date, in db: Database) throws {
        try db.run(
            "DELETE FROM courtesy WHERE written <= ?",
            [now.addingTimeInterval(-interval).timestamp]
        )
    }
}
