public import Foundation
import GRDB
public import MailingList

extension SQLiteStore {
    /// Subscribers without copies of whom the owners do not know yet.
    public func unnotifiedUnusableSubscribers(limit: Int) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: """
                    s.unusable_since IS NOT NULL AND s.unusable_notified IS NULL
                    ORDER BY s.list, s.id LIMIT ?
                    """,
                [limit]
            )
        }
    }

    /// Puts a report to the owners on its way, and notes of whom it tells.
    public func report(
        _ post: SealedPost,
        summons: SealedPost,
        about subscribers: [Subscriber.ID],
        of list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            let ways: [(SealedPost, AudienceQuery)] = [
                (post, .owners), (summons, .ownersWithoutKey),
            ]
            for (post, owners) in ways {
                _ = try PostRecord.distribute(post, of: list, to: owners, now: now, in: db)
            }
            for subscriber in subscribers {
                try db.run(
                    """
                    UPDATE subscriber SET unusable_notified = ?
                    WHERE id = ? AND list = ? AND unusable_since IS NOT NULL
                    """,
                    [now.timestamp, subscriber, list]
                )
            }
        }
    }
}
