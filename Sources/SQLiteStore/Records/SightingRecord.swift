import Foundation
import GRDB
import MailingList

/// A row of `sighting`.
enum SightingRecord {
    /// Seconds for which it is known.
    static let life: TimeInterval = 7 * 86_400

    /// Writes it; says whether another list has it too.
    static func insert(
        _ claim: SignatureClaim,
        of list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws -> Bool {
        let digest = Data(claim.sighting)
        try db.run(
            """
            INSERT INTO sighting (digest, list, expires) VALUES (?, ?, ?)
            ON CONFLICT (digest, list) DO UPDATE SET expires = excluded.expires
            """,
            [digest, list, now.addingTimeInterval(life).timestamp]
        )
        return try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM sighting WHERE digest = ? AND list <> ? AND expires > ?
                )
                """,
            arguments: [digest, list, now.timestamp]
        ) ?? false
    }

    static func prune(now: Date, in db: Database) throws {
        try db.run("DELETE FROM sighting WHERE expires <= ?", [now.timestamp])
    }
}
