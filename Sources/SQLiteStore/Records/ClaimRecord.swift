import Foundation
import GRDB
import MailingList

/// A row of `claim`.
enum ClaimRecord {
    /// Writes it; says whether it was new.
    static func insert(
        _ claim: SignatureClaim,
        of list: MailingList.ID,
        until expires: Date,
        in db: Database
    ) throws -> Bool {
        try db.run(
            "INSERT INTO claim (list, digest, expires) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [list, Data(claim.digest), expires.timestamp]
        )
        return db.changesCount == 1
    }

    /// Whether any list has claimed it: the list is part of the digest.
    static func exists(_ claim: SignatureClaim, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM claim WHERE digest = ?)"),
            arguments: [Data(claim.digest)]
        ) ?? false
    }

    static func prune(now: Date, in db: Database) throws {
        try db.run("DELETE FROM claim WHERE expires <= ?", [now.timestamp])
    }
}
