import Foundation
import GRDB
import MailingList

/// A row of `receipt`.
enum ReceiptRecord {
    /// Writes it; says whether it was new.
    static func insert(_ receipt: Receipt, now: Date, in db: Database) throws -> Bool {
        try db.run(
            "INSERT INTO receipt (digest, taken) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [Data(receipt.digest), now.timestamp]
        )
        return db.changesCount == 1
    }

    static func exists(_ receipt: Receipt, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM receipt WHERE digest = ?)"),
            arguments: [Data(receipt.digest)]
        ) ?? false
    }

    static func prune(_ retention: Retention, in db: Database) throws {
        try db.run("DELETE FROM receipt WHERE taken <= ?", [retention.receipts.timestamp])
    }
}
