import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `held`.
enum HeldRecord {
    /// Rows for which a condition holds; without the messages themselves, of which one can
    /// have 100 MB, unless they are asked for.
    static func all(
        _ db: Database,
        where condition: String,
        withBytes: Bool = false,
        _ arguments: StatementArguments
    ) throws -> [HeldPost] {
        let bytes = withBytes ? "bytes" : "x'' AS bytes"
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, list, reasons, detail, author, size, received, token, mac, \(bytes)
                FROM held WHERE \(condition)
                """
        )
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            let id: Int64 = row["id"]
            let words = try JSONColumn.strings(row["reasons"])
            let reasons = words.compactMap(Refusal.init(rawValue:))
            guard !reasons.isEmpty, reasons.count == words.count else {
                throw SQLiteStoreError.damaged(table: "held", row: id)
            }
            return HeldPost(
                id: id,
                list: row["list"],
                reasons: reasons,
                detail: row["detail"],
                message: HeldPost.Message(
                    author: (row["author"] as String?).flatMap { EmailAddress($0) },
                    size: row["size"],
                    received: Date(timestamp: row["received"]),
                    bytes: Array(row["bytes"] as Data)
                ),
                token: Array(row["token"] as Data)
            ).authenticated(by: Array(row["mac"] as Data))
        }
    }

    static func insert(_ post: HeldPost, in db: Database) throws {
        try db.run(
            """
            INSERT INTO held (list, reasons, detail, author, size, received, token, mac, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                post.list, try JSONColumn.text(post.reasons.map(\.rawValue)), post.detail,
                post.author?.description, post.size,
                post.received.timestamp, Data(post.token), Data(post.mac),
                Data(post.bytes),
            ]
        )
    }

    /// Deletes a row; false if somebody else has decided.
    static func delete(_ id: HeldPost.ID, in db: Database) throws -> Bool {
        try db.run("DELETE FROM held WHERE id = ?", [id])
        return db.changesCount == 1
    }

    /// Drops what nobody has decided, some days after somebody was warned of it.
    static func prune(_ retention: Retention, in db: Database) throws {
        try db.run(
            "DELETE FROM held WHERE received <= ? AND warned <= ?",
            [retention.heldPosts.timestamp, retention.heldWarnings.timestamp]
        )
    }

    /// Gives it another reason and another token; false if it is gone, or sealed anew: the
    /// code is for the seal that was looked at.
    static func renew(_ post: HeldPost, in db: Database) throws -> Bool {
        try db.run(
            """
            UPDATE held SET reasons = ?, detail = ?, token = ?, mac = ?
            WHERE id = ? AND bytes = ?
            """,
            [
                try JSONColumn.text(post.reasons.map(\.rawValue)), post.detail, Data(post.token),
                Data(post.mac), post.id, Data(post.bytes),
            ]
        )
        return db.changesCount == 1
    }
}
