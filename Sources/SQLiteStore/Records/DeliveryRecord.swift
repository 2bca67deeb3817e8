import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `delivery`, joined with the subscriber and her certificate.
struct DeliveryRecord: FetchableRecord {
    let delivery: Delivery

    init(row: Row) throws {
        let id: Int64 = row["id"]
        guard let subscriber: Int64 = row["subscriber"] else {
            guard let recipient = (row["recipient"] as String?).flatMap({ EmailAddress($0) }) else {
                throw SQLiteStoreError.damaged(table: "delivery", row: id)
            }
            delivery = Delivery(
                id: id,
                post: row["post"],
                subscriber: nil,
                recipient: recipient,
                token: nil,
                certificate: try CertificateColumn.certificate(row["reader"]),
                attempts: row["attempts"]
            )
            return
        }
        guard let recipient = EmailAddress(row["address"]),
            let token = AddressToken(row["token"] as String)
        else { throw SQLiteStoreError.damaged(table: "subscriber", row: subscriber) }
        delivery = Delivery(
            id: id,
            post: row["post"],
            subscriber: subscriber,
            recipient: recipient,
            token: token,
            certificate: try CertificateRecord.certificate(in: row, subscriber: subscriber),
            attempts: row["attempts"]
        )
    }

    /// Rows that are due, after one, in the order of their numbers.
    ///
    /// The cross join and the `+` keep SQLite's planner from starting elsewhere:
    /// it must walk the rows once, in their order, and stop at the limit. It does
    /// not walk at all while everything is postponed.
    static func due(
        after id: Delivery.ID,
        now: Date,
        limit: Int,
        in db: Database
    ) throws -> [Delivery] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT d.id, d.post, d.subscriber, d.attempts, s.address, s.token,
                    p.recipient, p.certificate AS reader, \(CertificateRecord.columns)
                FROM delivery AS d
                CROSS JOIN post AS p ON p.id = d.post
                LEFT JOIN subscriber AS s ON s.id = d.subscriber
                LEFT JOIN certificate AS c ON c.subscriber = s.id
                WHERE d.id > :id AND +d.next_attempt <= :now
                    AND EXISTS (SELECT 1 FROM delivery WHERE next_attempt <= :now)
                ORDER BY d.id LIMIT :limit
                """
        )
        return try fetchAll(
            statement,
            arguments: ["id": id, "now": now.timestamp, "limit": limit]
        ).map(\.delivery)
    }

    /// Writes down what became of one attempt.
    static func settle(
        _ id: Delivery.ID,
        _ outcome: Delivery.Outcome,
        now: Date,
        in db: Database
    ) throws {
        switch outcome {
        case .delivered:
            break
        case .postponed(let date, let reason):
            return try db.run(
                """
                UPDATE delivery SET attempts = attempts + 1, next_attempt = ?, reason = ?
                WHERE id = ?
                """,
                [date.timestampRoundedUp, reason, id]
            )
        case .undeliverable(let reason, let status):
            try db.run(
                """
                UPDATE subscriber SET failed = ?, failure = ?
                WHERE id = (SELECT subscriber FROM delivery WHERE id = ?)
                """,
                [now.timestamp, reason, id]
            )
            try countRefusal(of: id, reason, status, now: now, in: db)
            try noteUnsent(id, reason, in: db)
        case .keyUnusable:
            try db.run(
                """
                UPDATE subscriber SET unusable_since = ?
                WHERE id = (SELECT subscriber FROM delivery WHERE id = ?)
                    AND unusable_since IS NULL
                """,
                [now.timestamp, id]
            )
            try noteUnsent(id, "the key cannot encrypt now", in: db)
        }
        try db.run("DELETE FROM delivery WHERE id = ?", [id])
    }

    // Every copy says that it was sent: owners must learn that it was not.
    private static func noteUnsent(
        _ delivery: Delivery.ID,
        _ reason: String,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO unsent (list, address, reason)
            SELECT p.list, p.recipient, ? FROM delivery AS d JOIN post AS p ON p.id = d.post
            WHERE d.id = ? AND p.kind IN ('resent', 'clear-resent')
            """,
            [reason, delivery]
        )
    }

    // What our own Postfix refuses would come back as a bounce elsewhere.
    private static func countRefusal(
        of delivery: Delivery.ID,
        _ reason: String,
        _ code: EnhancedStatusCode?,
        now: Date,
        in db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT subscriber, list FROM delivery WHERE id = ? AND subscriber IS NOT NULL
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [delivery]) else { return }
        guard let kind = Bounce.kind(ofFailure: code) else { return }
        try BounceRecord.count(
            Bounce(kind: kind, status: code, detail: reason),
            of: row["subscriber"],
            limits: SettingRecord.settings(of: row["list"], in: db),
            now: now,
            in: db
        )
    }
}
