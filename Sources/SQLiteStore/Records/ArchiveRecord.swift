import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `archive`: a post that was distributed, as it was sealed.
enum ArchiveRecord {
    /// Writes a post.
    static func insert(_ post: SealedPost, of list: MailingList.ID, in db: Database) throws {
        try db.run(
            """
            INSERT INTO archive (list, identifier, message_id, sealed, loops, author, mac, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                list, post.identifier, post.messageID, post.date.timestamp,
                try JSONColumn.text(post.loops), post.author?.description,
                post.mac.map { Data($0) }, Data(post.bytes),
            ]
        )
    }

    static func posts(
        of list: MailingList.ID,
        after id: Int64,
        limit: Int,
        in db: Database
    ) throws -> [(id: Int64, post: SealedPost)] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, identifier, message_id, sealed, loops, author, mac, bytes FROM archive
                WHERE list = ? AND id > ? ORDER BY id LIMIT ?
                """
        )
        return try Row.fetchAll(statement, arguments: [list, id, limit]).map { row in
            // An export is encrypted, also of a post whose copies left in clear.
            var post = SealedPost(
                identifier: row["identifier"],
                kind: .post,
                messageID: row["message_id"],
                date: Date(timestamp: row["sealed"]),
                loops: try JSONColumn.strings(row["loops"]),
                bytes: Array(row["bytes"] as Data)
            )
            post.author = (row["author"] as String?).flatMap { EmailAddress($0) }
            post.mac = (row["mac"] as Data?).map { Array($0) }
            return (row["id"], post)
        }
    }

    /// Forgets what is older than each list keeps.
    static func prune(_ retention: Retention, in db: Database) throws {
        let lists = try MailingList.ID.fetchAll(
            db,
            sql: "SELECT id FROM list WHERE EXISTS (SELECT 1 FROM archive WHERE list = list.id)"
        )
        for list in lists {
            let settings = try SettingRecord.settings(of: list, in: db)
            try db.run(
                "DELETE FROM archive WHERE list = ? AND sealed <= ?",
                [list, retention.archivedPosts(settings).timestamp]
            )
        }
    }
}
