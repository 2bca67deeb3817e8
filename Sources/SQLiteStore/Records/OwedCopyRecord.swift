import Foundation
import GRDB
import MailingList
import SMTP

/// A row of `delivery`, joined with what an administrator wants to see of it.
struct OwedCopyRecord: FetchableRecord {
    let copy: OwedCopy

    static let selection = """
        SELECT d.id, l.address AS list, p.message_id,
            coalesce(p.recipient, s.address) AS address, p.sealed, d.attempts,
            d.next_attempt, d.reason, d.unknown, d.waits
        FROM delivery AS d
        CROSS JOIN post AS p ON p.id = d.post
        CROSS JOIN list AS l ON l.id = d.list
        LEFT JOIN subscriber AS s ON s.id = d.subscriber
        """

    init(row: Row) throws {
        let id: Int64 = row["id"]
        guard let list = EmailAddress(row["list"]), let recipient = EmailAddress(row["address"])
        else { throw SQLiteStoreError.damaged(table: "delivery", row: id) }
        var copy = OwedCopy(
            id: id,
            list: list,
            messageID: row["message_id"],
            recipient: recipient,
            sealed: Date(timestamp: row["sealed"]),
            next: Date(timestamp: row["next_attempt"])
        )
        copy.attempts = row["attempts"]
        copy.reason = row["reason"]
        copy.unknown = row["unknown"]
        copy.waits = (row["waits"] as String?).flatMap(Delivery.Wait.init(rawValue:))
        self.copy = copy
    }
}
