public import Foundation
import GRDB
public import MailingList
import OpenPGP

extension SQLiteStore {
    /// Subscribers without copies of whom the owners do not know yet.
    public func unnotifiedUnusableSubscribers(
        of list: MailingList.ID,
        limit: Int
    ) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: """
                    s.list = ? AND s.unusable_since IS NOT NULL AND s.unusable_notified IS NULL
                    ORDER BY s.id LIMIT ?
                    """,
                [list, limit]
            )
        }
    }

    /// People whose key can encrypt at a time and not any more at another, and of whom
    /// nobody has been told.
    public func unwarnedExpiringSubscribers(
        of list: MailingList.ID,
        from now: Date,
        until end: Date,
        limit: Int
    ) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: """
                    s.list = ? AND c.warned IS NULL AND c.encryption_expires IS NOT NULL
                        AND c.encryption_expires > ? AND c.encryption_expires <= ?
                    ORDER BY c.encryption_expires LIMIT ?
                    """,
                [list, now.timestamp, end.timestamp, limit]
            )
        }
    }

    /// Puts warnings about keys on their way, and notes of whom they tell.
    public func warn(
        _ answers: [SealedAnswer],
        aboutKeysOf subscribers: [Subscriber],
        of list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            try SQLiteTransaction(db).send(answers, of: list, now: now)
            try ReportRecord.note(.keyExpiry, of: list, now: now, in: db)
            for subscriber in subscribers {
                guard let certificate = subscriber.certificate else { continue }
                // Another key, or another end, has come meanwhile: that is another warning.
                try db.run(
                    """
                    UPDATE certificate SET warned = ?
                    WHERE subscriber = ? AND fingerprint = ? AND encryption_expires IS ?
                    """,
                    [
                        now.timestamp, subscriber.id, certificate.fingerprint.description,
                        certificate.encryptionExpires?.timestamp,
                    ]
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
            let ways: [(SealedPost, AudienceFilter)] = [
                (post, .owners), (summons, .ownersWithoutKey),
            ]
            for (post, owners) in ways {
                _ = try SQLiteTransaction(db)
                    .distribute(post, of: list, to: owners, now: now)
            }
            try ReportRecord.note(.unusableKeys, of: list, now: now, in: db)
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

    /// Days on which a person's copies came back, and what was said then.
    public func bounces(
        of subscriber: Subscriber.ID
    ) throws -> [(received: Date, bounce: Bounce)] {
        try read { try BounceRecord.all(of: subscriber, in: $0) }
    }

    /// People whose copies bounces stopped before a time, and of whom somebody has not been
    /// told.
    public func suspendedSubscribers(
        of list: MailingList.ID,
        before time: Date,
        untold reader: SuspensionReader,
        limit: Int
    ) throws -> [Subscriber] {
        try read { db in
            try SubscriberRecord.all(
                db,
                where: """
                    s.list = ? AND s.bounced IS NOT NULL AND s.bounced <= ?
                        AND (s.owners_told IS NULL OR s.person_told IS NULL)
                        AND s.\(reader.column) IS NULL
                    ORDER BY s.bounced, s.id LIMIT ?
                    """,
                [list, time.timestamp, limit]
            )
        }
    }

    /// The lists that have something of a kind to tell, in no order.
    public func lists(
        awaiting pending: PendingReport,
        due report: OwnerReport?,
        now: Date
    ) throws -> [MailingList.ID] {
        try read {
            try PendingReportQuery(pending: pending, report: report, now: now).lists(in: $0)
        }
    }

    /// Whether a day has gone since owners were told of this.
    public func isDue(
        _ report: OwnerReport,
        of list: MailingList.ID,
        now: Date
    ) throws -> Bool {
        try read { try ReportRecord.isDue(report, of: list, now: now, in: $0) }
    }

    /// Puts word of stopped copies on its way, and notes who has been told.
    public func tell(
        _ answers: [SealedAnswer],
        to reader: SuspensionReader,
        of subscribers: [Subscriber.ID],
        in list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            try SQLiteTransaction(db).send(answers, of: list, now: now)
            switch reader {
            case .owners: try ReportRecord.note(.bounces, of: list, now: now, in: db)
            case .person: break
            }
            for subscriber in subscribers {
                try db.run(
                    """
                    UPDATE subscriber SET \(reader.column) = ?
                    WHERE id = ? AND bounced IS NOT NULL
                    """,
                    [now.timestamp, subscriber]
                )
            }
        }
    }

    /// What was to go on to people outside and did not, and why.
    public func unsent(of list: MailingList.ID, limit: Int) throws -> [Unsent] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT id, address, reason FROM unsent WHERE list = ? ORDER BY id LIMIT ?",
                arguments: [list, limit]
            ).map { row in
                Unsent(id: row["id"], list: list, address: row["address"], reason: row["reason"])
            }
        }
    }

    /// Puts word of that on its way, and forgets it.
    public func tell(
        _ answers: [SealedAnswer],
        ofUnsent rows: [Unsent],
        in list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            try SQLiteTransaction(db).send(answers, of: list, now: now)
            for row in rows { try db.run("DELETE FROM unsent WHERE id = ?", [row.id]) }
        }
    }

    /// Copies that did not reach a subscriber, of which owners do not know.
    public func missedCopies(of list: MailingList.ID, limit: Int) throws -> [MissedCopy] {
        try read { try MissedCopyRecord.all(of: list, limit: limit, in: $0) }
    }

    /// Queues mails about these, and forgets them.
    public func tell(
        _ answers: [SealedAnswer],
        ofMissed rows: [MissedCopy],
        in list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            try SQLiteTransaction(db).send(answers, of: list, now: now)
            try ReportRecord.note(.missedCopies, of: list, now: now, in: db)
            for row in rows { try db.run("DELETE FROM missed WHERE id = ?", [row.id]) }
        }
    }

    /// How many messages to a list were dropped since owners were told of that last.
    public func unreportedDrops(of list: MailingList.ID) throws -> Int {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT c.count - coalesce(r.count, 0)
                    FROM counter AS c
                        LEFT JOIN report AS r ON r.list = c.list AND r.kind = 'dropped'
                    WHERE c.list = ? AND c.name = ?
                    """
            )
            let name = ListCounter.droppedAtGate.rawValue
            return try Int.fetchOne(statement, arguments: [list, name]) ?? 0
        }
    }

    /// Puts word of so many of them on its way, and notes that they are known.
    public func tell(
        _ answers: [SealedAnswer],
        ofDrops count: Int,
        in list: MailingList.ID,
        now: Date
    ) throws {
        try write { db in
            let sent = try SQLiteTransaction(db).send(answers, of: list, now: now)
            try ReportRecord.note(.dropped, of: list, now: now, in: db)
            guard sent > 0 || answers.isEmpty else { return }
            try db.run(
                "UPDATE report SET count = count + ? WHERE list = ? AND kind = 'dropped'",
                [count, list]
            )
        }
    }
}

extension SuspensionReader {
    /// The column that says when this reader was told.
    var column: String {
        switch self {
        case .owners: "owners_told"
        case .person: "person_told"
        }
    }
}
