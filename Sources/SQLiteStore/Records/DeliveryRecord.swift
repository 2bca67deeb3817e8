import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `delivery`, joined with the subscriber and their certificate.
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
                WHERE d.id > :id AND +d.next_attempt <= :now AND d.waits IS NULL
                    AND EXISTS (
                        SELECT 1 FROM delivery WHERE next_attempt <= :now AND waits IS NULL
                    )
                ORDER BY d.id LIMIT :limit
                """
        )
        return try fetchAll(
            statement,
            arguments: ["id": id, "now": now.timestamp, "limit": limit]
        ).map(\.delivery)
    }

    /// What the rules must know of a row, if it is there.
    static func facts(_ id: Delivery.ID, in db: Database) throws -> DeliveryFacts? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT d.list, d.subscriber, p.kind, p.recipient, p.message_id
                FROM delivery AS d JOIN post AS p ON p.id = d.post WHERE d.id = ?
                """
        )
        return try Row.fetchOne(statement, arguments: [id]).map { row in
            guard let kind = SealedPost.Kind(rawValue: row["kind"]) else {
                throw SQLiteStoreError.damaged(table: "delivery", row: id)
            }
            return DeliveryFacts(
                list: row["list"],
                subscriber: row["subscriber"],
                kind: kind,
                recipient: row["recipient"],
                messageID: row["message_id"]
            )
        }
    }
}
