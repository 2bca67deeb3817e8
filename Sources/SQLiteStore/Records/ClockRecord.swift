import Foundation
import GRDB

/// The one row of `clock`: the latest time that a commit was told.
enum ClockRecord {
    /// Moves it forward, never back.
    static func advance(to now: Date, in db: Database) throws {
        try db.run(
            """
            INSERT INTO clock (id, latest) VALUES (1, ?)
            ON CONFLICT (id) DO UPDATE SET latest = max(latest, excluded.latest)
            """,
            [now.timestamp]
        )
    }

    /// Moves it back too.
    static func accept(_ now: Date, in db: Database) throws {
        try db.run("UPDATE clock SET latest = min(latest, ?)", [now.timestamp])
    }

    static func latest(in db: Database) throws -> Date? {
        try Int64.fetchOne(db, sql: "SELECT latest FROM clock").map(Date.init(timestamp:))
    }
}
