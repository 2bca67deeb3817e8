import Foundation
import GRDB
import MailingList

/// Rows of `missed`: copies that did not reach a subscriber, until owners are told.
enum MissedCopyRecord {
    /// Writes a note.
    ///
    /// Of a copy that waits for a decision only the last one is kept, and of copies that are
    /// not known one for each subscriber.
    static func insert(
        _ copy: MissedCopyFacts,
        address: String,
        of list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws {
        try db.run("DELETE FROM missed WHERE delivery = ?", [copy.delivery])
        if copy.messageID == nil {
            try db.run(
                "DELETE FROM missed WHERE list = ? AND address = ? AND message_id IS NULL",
                [list, address]
            )
        }
        try db.run(
            """
            INSERT INTO missed (list, address, message_id, noted, reason, delivery)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [list, address, copy.messageID, now.timestamp, copy.reason, copy.delivery]
        )
    }

    /// The notes of a list, the first one first.
    static func all(
        of list: MailingList.ID,
        limit: Int,
        in db: Database
    ) throws -> [MissedCopy] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT id, address, message_id, reason, delivery FROM missed
                    WHERE list = ? ORDER BY id LIMIT ?
                    """
            ),
            arguments: [list, limit]
        ).map { row in
            MissedCopy(
                id: row["id"],
                list: list,
                address: row["address"],
                messageID: row["message_id"],
                reason: row["reason"],
                delivery: row["delivery"]
            )
        }
    }

    /// Deletes notes that no owner could be told of for so long.
    static func prune(_ retention: Retention, in db: Database) throws {
        try db.run("DELETE FROM missed WHERE noted <= ?", [retention.bounces.timestamp])
    }
}
