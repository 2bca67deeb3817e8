import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// A row of `post`: a sealed post of which copies are owed.
struct PostRecord: FetchableRecord {
    let list: MailingList.ID
    let post: SealedPost

    init(row: Row) throws {
        guard let kind = SealedPost.Kind(rawValue: row["kind"]) else {
            throw SQLiteStoreError.damaged(table: "post", row: row["id"])
        }
        list = row["list"]
        var post = SealedPost(
            identifier: row["identifier"],
            kind: kind,
            messageID: row["message_id"],
            date: Date(timestamp: row["sealed"]),
            loops: try JSONColumn.strings(row["loops"]),
            recipient: (row["recipient"] as String?).flatMap { EmailAddress($0) },
            bytes: Array(row["bytes"] as Data)
        )
        post.answering = row["answering"]
        post.author = (row["author"] as String?).flatMap { EmailAddress($0) }
        post.mac = (row["mac"] as Data?).map { Array($0) }
        self.post = post
    }

    static func find(_ id: Int64, in db: Database) throws -> Self? {
        try fetchOne(
            db,
            sql: """
                SELECT id, list, identifier, kind, message_id, sealed, loops, recipient,
                    answering, author, mac, bytes
                FROM post WHERE id = ?
                """,
            arguments: [id]
        )
    }

    /// Writes a post, with the certificate of its one reader if it has one; returns its row.
    static func insert(
        _ post: SealedPost,
        of list: MailingList.ID,
        reader: Certificate?,
        in db: Database
    ) throws -> Int64 {
        try db.run(
            """
            INSERT INTO post (list, identifier, kind, message_id, sealed, loops, recipient,
                certificate, answering, author, mac, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                list, post.identifier, post.kind.rawValue, post.messageID, post.date.timestamp,
                try JSONColumn.text(post.loops), post.recipient?.description,
                try CertificateColumn.text(reader), post.answering,
                post.author?.description, post.mac.map { Data($0) }, Data(post.bytes),
            ]
        )
        return db.lastInsertedRowID
    }
}
