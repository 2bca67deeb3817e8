import Foundation
import GRDB
import MailingList

/// A row of `sighting`.
enum SightingRecord {
    /// Writes it, or until when it is good if it is there.
    static func insert(
        _ claim: SignatureClaim,
        of list: MailingList.ID,
        until expires: Date,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO sighting (digest, list, expires) VALUES (?, ?, ?)
            ON CONFLICT (digest, list) DO UPDATE SET expires = excluded.expires
            """,
            [Data(claim.sighting), list, expires.timestamp]
        )
    }

    /// Whether another list has it too.
    static func exists(
        _ claim: SignatureClaim,
        besides list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM sighting WHERE digest = ? AND list <> ? AND expires > ?
                )
                """,
            arguments: [Data(claim.sighting), list, now.timestamp]
        ) ?? false
    }

    static func prune(now: Date, in db: Database) throws {
        try db.run("DELETE FROM sighting WHERE expires <= ?", [now.timestamp])
    }
}
