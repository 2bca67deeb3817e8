public import Foundation
import GRDB
public import MailingList

extension SQLiteStore {
    /// Counts something that happened to a list.
    public func count(_ counter: ListCounter, of list: MailingList.ID) throws {
        try write { try CounterRecord.count(counter, of: list, in: $0) }
    }

    /// What has been counted, over all lists.
    public func counts() throws -> [ListCounter: Int] {
        try read(CounterRecord.sums)
    }

    /// Raises an alarm, or repeats it.
    public func raise(_ alarm: Alarm, detail: String, now: Date) throws {
        try write { try AlarmRecord.raise(alarm, detail: detail, now: now, in: $0) }
    }

    /// Ends an alarm.
    public func clear(_ alarm: Alarm) throws {
        try write { try AlarmRecord.clear(alarm, in: $0) }
    }

    /// The state of everything, for `listseal status`.
    public func status(now: Date) throws -> StoreStatus {
        try read { try StatusQuery(db: $0, now: now).status() }
    }

    /// Forgets receipts, claims and bounces whose time is over.
    ///
    /// Afterwards nothing of what was deleted is in any file: pages are zeroed
    /// as they are freed, and the log, where they stand as they were, is
    /// emptied, unless somebody reads just then. The next round does it.
    public func prune(now: Date) throws {
        try write { db in
            let retention = Retention(now: now)
            try ReceiptRecord.prune(retention, in: db)
            try ClaimRecord.prune(now: now, in: db)
            try SightingRecord.prune(now: now, in: db)
            try BounceRecord.prune(retention, in: db)
            try MissedCopyRecord.prune(retention, in: db)
            try PostedRecord.prune(retention, in: db)
            try ArchiveRecord.prune(retention, in: db)
            try WorkflowRecord.prune(now: now, in: db)
            try HeldRecord.prune(retention, in: db)
            try ReplyLimitRecord.prune(retention, in: db)
        }
        do {
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        } catch DatabaseError.SQLITE_BUSY {
            return
        }
    }
}
