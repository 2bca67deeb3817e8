import Foundation
import GRDB
import MailingList

/// A row of `bounce`: a message that came back, as it came.
enum BounceRecord {
    /// Kept for one person; the oldest goes first.
    ///
    /// Whoever learns a token could
    /// else fill the disk.
    static let maximumPerSubscriber = 100
    /// Kept for so many seconds.
    static let lifetime: TimeInterval = 30 * 86_400

    static func keep(
        _ bytes: [UInt8],
        of subscriber: Subscriber.ID,
        now: Date,
        in db: Database
    ) throws {
        try db.run(
            "INSERT INTO bounce (subscriber, received, bytes) VALUES (?, ?, ?)",
            [subscriber, now.timestamp, Data(bytes)]
        )
        try db.run(
            """
            DELETE FROM bounce WHERE subscriber = :subscriber AND id <= (
                SELECT id FROM bounce WHERE subscriber = :subscriber
                ORDER BY id DESC LIMIT 1 OFFSET :maximum
            )
            """,
            ["subscriber": subscriber, "maximum": maximumPerSubscriber]
        )
    }

    static func prune(now: Date, in db: Database) throws {
        try db.run(
            "DELETE FROM bounce WHERE received <= ?",
            [now.addingTimeInterval(-lifetime).timestamp]
        )
    }
}
