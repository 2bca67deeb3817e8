import Foundation
import GRDB
import MailingList

/// A row of `alarm`.
enum AlarmRecord {
    /// Writes it, or what happened last to one that is there.
    static func raise(_ alarm: Alarm, detail: String, now: Date, in db: Database) throws {
        try db.run(
            """
            INSERT INTO alarm (name, detail, since) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET detail = excluded.detail
            """,
            [alarm.rawValue, detail, now.timestamp]
        )
    }

    static func clear(_ alarm: Alarm, in db: Database) throws {
        try db.run("DELETE FROM alarm WHERE name = ?", [alarm.rawValue])
    }

    /// Every alarm, the oldest first.
    static func all(in db: Database) throws -> [StoreStatus.RaisedAlarm] {
        try Row.fetchAll(db, sql: "SELECT name, detail, since FROM alarm ORDER BY since, name")
            .compactMap { row in
                Alarm(rawValue: row["name"]).map { alarm in
                    StoreStatus.RaisedAlarm(
                        alarm: alarm,
                        detail: row["detail"],
                        since: Date(timestamp: row["since"])
                    )
                }
            }
    }
}
