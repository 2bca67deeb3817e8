public import Foundation
import GRDB
public import MailingList
import OpenPGP
import SMTP

extension SQLiteStore {
    /// Puts another key in the place of a list's, and word of that on its way to everybody.
    public func replaceKey(
        of list: MailingList,
        by next: MailingList,
        announcement: SealedPost,
        now: Date
    ) throws {
        try write { db in
            try db.run(
                """
                UPDATE list SET fingerprint = ?, key_number = ?, previous_fingerprint = ?,
                    previous_opens = ?, previous_ends = ?, key_ends = NULL, key_seen = NULL
                WHERE id = ? AND fingerprint = ? AND previous_fingerprint IS NULL
                """,
                [
                    next.fingerprint.description, next.keyNumber, list.fingerprint.description,
                    next.previousKey?.opensMail ?? false, next.previousKey?.ends.timestamp,
                    list.id, list.fingerprint.description,
                ]
            )
            guard db.changesCount == 1 else { throw ListStoreError.outdated }
            try db.run("DELETE FROM certification WHERE list = ?", [list.id])
            _ = try SQLiteTransaction(db).distribute(
                announcement,
                of: list.id,
                to: .everybody,
                now: now
            )
        }
    }

    /// Takes nothing more that is sealed to the key before, whatever its time.
    public func closePreviousKey(of list: MailingList) throws {
        try write { db in
            try db.run(
                """
                UPDATE list SET previous_opens = 0, previous_ends = 0
                WHERE id = ? AND fingerprint = ? AND previous_fingerprint IS NOT NULL
                """,
                [list.id, list.fingerprint.description]
            )
        }
    }

    /// Forgets the key before, when nothing is encrypted to it any more.
    public func forgetPreviousKey(of list: MailingList) throws {
        try write { db in
            try db.run(
                """
                UPDATE list SET previous_fingerprint = NULL, previous_opens = 0,
                    previous_ends = NULL
                WHERE id = ? AND fingerprint = ?
                """,
                [list.id, list.fingerprint.description]
            )
        }
    }

    /// What is known of the end of each list's key.
    public func keyEnds() throws -> [MailingList.ID: KeyEnd] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT id, key_seen, key_ends FROM list WHERE key_seen IS NOT NULL"
            )
            return Dictionary(
                rows.map { row in
                    let end = KeyEnd(
                        seen: Date(timestamp: row["key_seen"]),
                        ends: (row["key_ends"] as Int64?).map(Date.init(timestamp:))
                    )
                    return (row["id"], end)
                },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    /// Writes when a list's key ends, as was read from its home at a time.
    public func note(_ end: KeyEnd, of list: MailingList) throws {
        try write { db in
            try db.run(
                "UPDATE list SET key_seen = ?, key_ends = ? WHERE id = ? AND fingerprint = ?",
                [
                    end.seen.timestamp, end.ends?.timestamp, list.id,
                    list.fingerprint.description,
                ]
            )
        }
    }

    /// Sealed posts of a list that are stored, after a row, in the order of their rows.
    public func storedPosts(
        of list: MailingList.ID,
        after id: Int64,
        limit: Int
    ) throws -> [(id: Int64, post: SealedPost)] {
        try read { db in
            try Int64.fetchAll(
                db,
                sql: "SELECT id FROM post WHERE list = ? AND id > ? ORDER BY id LIMIT ?",
                arguments: [list, id, limit]
            ).compactMap { id in
                try PostRecord.find(id, in: db).map { (id: id, post: $0.post) }
            }
        }
    }

    /// How many posts a list keeps.
    public func archivedCount(of list: MailingList.ID) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM archive WHERE list = ?",
                arguments: [list]
            ) ?? 0
        }
    }

    /// Posts that a list keeps, after a row, in the order of their rows.
    public func archivedPosts(
        of list: MailingList.ID,
        after id: Int64,
        limit: Int
    ) throws -> [(id: Int64, post: SealedPost)] {
        try read { try ArchiveRecord.posts(of: list, after: id, limit: limit, in: $0) }
    }

    /// Stores the same post under another seal, owed and kept, if it is still there.
    public func replaceSeal(of post: SealedPost, by bytes: [UInt8]) throws {
        try write { db in
            for table in ["post", "archive"] {
                try db.run(
                    "UPDATE \(table) SET bytes = ? WHERE identifier = ? AND bytes = ?",
                    [Data(bytes), post.identifier, Data(post.bytes)]
                )
            }
        }
    }

    /// Stores the same held message under another seal, if it is still there.
    public func replaceSeal(ofHeld post: HeldPost, replacing old: [UInt8]) throws {
        try write { db in
            // Asked about anew meanwhile, it has another token, for which the code is not.
            try db.run(
                "UPDATE held SET bytes = ?, mac = ? WHERE id = ? AND token = ? AND bytes = ?",
                [Data(post.bytes), Data(post.mac), post.id, Data(post.token), Data(old)]
            )
        }
    }
}
