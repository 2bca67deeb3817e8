public import Foundation
import GRDB
public import MailingList

extension SQLiteStore {
    /// Whether this delivery has been taken.
    public func hasReceipt(_ receipt: Receipt) throws -> Bool {
        try read { try ReceiptRecord.exists(receipt, in: $0) }
    }

    /// Whether this signed content has been seen in the list.
    public func isClaimed(_ claim: SignatureClaim) throws -> Bool {
        try read { try ClaimRecord.exists(claim, in: $0) }
    }

    /// How many posts of a person were taken on the day of a time, in UTC.
    public func posts(of author: Subscriber.ID, on time: Date) throws -> Int {
        try read { try PostedRecord.posts(of: author, on: UTCDay(time), in: $0) }
    }

    /// Forgets a later time that the store was told: somebody says that it was wrong.
    public func acceptTime(_ now: Date) throws {
        try write { try ClockRecord.accept(now, in: $0) }
    }

    /// The latest time that the store was told, against a clock that jumps.
    public func latestTime() throws -> Date? {
        try read(ClockRecord.latest)
    }
}
