public import Foundation
import GRDB
public import MailingList

extension SQLiteStore {
    /// Messages of a list that wait for a moderator, after a row, in the order of their rows.
    public func heldPosts(
        of list: MailingList.ID,
        after id: HeldPost.ID,
        limit: Int
    ) throws -> [HeldPost] {
        try read { db in
            try HeldRecord.all(
                db,
                where: "list = ? AND id > ? ORDER BY id LIMIT ?",
                [list, id, limit]
            )
        }
    }

    /// The message with this number.
    public func heldPost(_ id: HeldPost.ID) throws -> HeldPost? {
        try read { try HeldRecord.all($0, where: "id = ?", withBytes: true, [id]).first }
    }

    /// The message that a token decides about.
    public func heldPost(awaiting token: [UInt8]) throws -> HeldPost? {
        try read { db in
            try HeldRecord.all(db, where: "token = ?", withBytes: true, [Data(token)]).first
        }
    }

    /// How many messages of a list wait, and how large they are.
    public func heldTotals(of list: MailingList.ID) throws -> (count: Int, octets: Int64) {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT count(*) AS count, sum(size) AS octets FROM held WHERE list = ?"
            )
            guard let row = try Row.fetchOne(statement, arguments: [list]) else { return (0, 0) }
            return (row["count"], row["octets"] ?? 0)
        }
    }

    /// Messages of a list that came before a time and of which nobody has been warned.
    public func unwarnedHeldPosts(
        of list: MailingList.ID,
        before time: Date,
        limit: Int
    ) throws -> [HeldPost] {
        try read { db in
            try HeldRecord.all(
                db,
                where: "list = ? AND received <= ? AND warned IS NULL ORDER BY received LIMIT ?",
                [list, time.timestamp, limit]
            )
        }
    }

    /// Puts a warning about messages on its way, and notes that.
    public func warn(
        _ answer: SealedAnswer,
        about posts: [HeldPost.ID],
        of list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            try SQLiteTransaction(db).send([answer], of: list, now: now)
            for id in posts {
                try db.run("UPDATE held SET warned = ? WHERE id = ?", [now.timestamp, id])
            }
        }
    }
}
