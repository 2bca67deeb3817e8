public import Foundation
import GRDB
public import MailingList

extension SQLiteStore {
    /// Copies that are due at a time, after a row, in the order of their rows.
    public func dueDeliveries(
        after id: Delivery.ID,
        now: Date,
        limit: Int
    ) throws -> [Delivery] {
        try read { try DeliveryRecord.due(after: id, now: now, limit: limit, in: $0) }
    }

    /// A sealed post with its list.
    public func post(_ id: Int64) throws -> (list: MailingList, post: SealedPost)? {
        try read { db in
            guard let record = try PostRecord.find(id, in: db),
                let list = try ListRecord.find(record.list, in: db)
            else { return nil }
            return (list, record.post)
        }
    }

    /// Counts attempts as unknown before the copies are sent.
    public func beginAttempts(_ ids: [Delivery.ID]) throws -> [Delivery.ID: Int] {
        try write { db in
            var counts: [Delivery.ID: Int] = [:]
            for id in ids {
                let statement = try db.cachedStatement(
                    sql: """
                        UPDATE delivery SET unknown = unknown + 1 WHERE id = ? RETURNING unknown
                        """
                )
                counts[id] = try Int.fetchOne(statement, arguments: [id])
            }
            return counts
        }
    }

    /// What is owed, after a row.
    public func owedCopies(
        of list: MailingList.ID?,
        after id: Delivery.ID,
        limit: Int
    ) throws -> [OwedCopy] {
        let condition = list == nil ? "d.id > :id" : "d.list = :list AND d.id > :id"
        return try read { db in
            try OwedCopyRecord.fetchAll(
                db,
                sql: OwedCopyRecord.selection
                    + " WHERE \(condition) ORDER BY d.id LIMIT :limit",
                arguments: Self.arguments(list, ["id": id, "limit": limit])
            ).map(\.copy)
        }
    }

    /// Makes everything due now; returns how many.
    public func retryDeliveries(of list: MailingList.ID?, now: Date) throws -> Int {
        let condition = list == nil ? "" : "WHERE list = :list"
        return try write { db in
            try db.run(
                """
                UPDATE delivery SET next_attempt = min(next_attempt, :now), waits = NULL,
                    unknown = 0
                \(condition)
                """,
                Self.arguments(list, ["now": now.timestamp])
            )
            return db.changesCount
        }
    }

    /// Makes some copies due now; returns how many.
    public func retryDeliveries(_ ids: [Delivery.ID], now: Date) throws -> Int {
        try write { db in
            var count = 0
            for id in ids {
                try db.run(
                    """
                    UPDATE delivery
                    SET next_attempt = min(next_attempt, ?), waits = NULL, unknown = 0
                    WHERE id = ?
                    """,
                    [now.timestamp, id]
                )
                count += db.changesCount
            }
            return count
        }
    }

    /// Makes copies due whose next attempt lies after a time.
    public func endPauses(after end: Date, now: Date) throws {
        try write { db in
            try db.run(
                """
                UPDATE delivery SET next_attempt = ? WHERE next_attempt > ? AND waits IS NULL
                """,
                [now.timestamp, end.timestamp]
            )
        }
    }

    /// How many copies wait for the administrator, for a reason.
    public func waitingDeliveries(for reason: Delivery.Wait) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM delivery WHERE waits = ?",
                arguments: [reason.rawValue]
            ) ?? 0
        }
    }

    /// Gives copies up, by row; returns how many there were.
    public func dropDeliveries(_ ids: [Delivery.ID]) throws -> Int {
        try write { db in
            var count = 0
            for id in ids {
                try db.run("DELETE FROM delivery WHERE id = ?", [id])
                count += db.changesCount
            }
            return count
        }
    }

    /// The octets of all sealed posts, once for each copy that is owed.
    ///
    /// The schema keeps the sum: it costs the same however many copies are owed.
    public func owedOctets() throws -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT octets FROM owed WHERE id = 1") ?? 0 }
    }

    private static func arguments(
        _ list: MailingList.ID?,
        _ others: StatementArguments
    ) -> StatementArguments {
        guard let list else { return others }
        return others + ["list": list]
    }
}
