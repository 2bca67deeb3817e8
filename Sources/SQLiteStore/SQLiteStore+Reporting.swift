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

    /// People whose key can encrypt at a time and not any more at another, and of whom
    /// nobody has been told.
    public func unwarnedExpiringSubscribers(
        from now: Date,
        until end: Date,
        limit: Int
    ) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: """
                    c.warned IS NULL AND c.encryption_expires IS NOT NULL
                        AND c.encryption_expires > ? AND c.encryption_expires <= ?
                    ORDER BY c.encryption_expires LIMIT ?
                    """,
                [now.timestamp, end.timestamp, limit]
            )
        }
    }

    /// Puts warnings about keys on their way, and notes of whom they tell.
    public func warn(
        _ answers: [SealedAnswer],
        aboutKeysOf subscribers: [Subscriber.ID],
        of list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            _ = try TransitionCarrier(db: db, list: list, now: now).send(answers)
            for subscriber in subscribers {
                try db.run(
                    "UPDATE certificate SET warned = ? WHERE subscriber = ?",
                    [now.timestamp, subscriber]
                )
            }
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
