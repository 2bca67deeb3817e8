import Foundation
import GRDB
import MailingList

/// The people of a list for whom an audience's conditions hold, as SQL over rows `s` of
/// `subscriber` and `c` of `certificate`.
struct AudienceQuery {
    let audience: AudienceFilter
    let list: MailingList.ID
    let now: Date

    private static let people = """
        FROM subscriber AS s LEFT JOIN certificate AS c ON c.subscriber = s.id
        WHERE s.list = :list AND s.id IS NOT :except
        """

    private var conditions: String {
        var conditions: [String] = []
        if let roles = audience.roles { conditions.append(RolesColumn.contains(any: roles)) }
        if audience.delivery != nil { conditions.append("s.delivery = :delivery") }
        switch audience.key {
        case .any: break
        case .usable: conditions.append("(\(CertificateRecord.isUsable))")
        case .unusable: conditions.append("NOT (\(CertificateRecord.isUsable))")
        }
        return conditions.map { " AND " + $0 }.joined()
    }

    private var arguments: StatementArguments {
        var arguments: StatementArguments = ["list": list, "except": audience.except]
        if let delivery = audience.delivery { arguments += ["delivery": delivery.rawValue] }
        return arguments
    }

    /// Writes the rows, in an order that says nothing about the people.
    ///
    /// Copies leave in the order of their rows: were it always that of
    /// subscription, whoever sees two copies pass would know who came first.
    func insertDeliveries(post: Int64, octets: Int, in db: Database) throws {
        try db.run(
            """
            INSERT INTO delivery (list, post, subscriber, next_attempt, octets)
            SELECT s.list, :post, s.id, :now, :octets
            \(Self.people)\(conditions)
            ORDER BY random()
            """,
            arguments + ["post": post, "now": now.timestamp, "octets": octets]
        )
    }

    /// Writes that the key of all of them cannot encrypt, where no earlier time stands.
    func markUnusable(in db: Database) throws {
        try db.run(
            """
            UPDATE subscriber SET unusable_since = :now
            WHERE unusable_since IS NULL AND id IN (
                SELECT s.id
                \(Self.people)\(conditions)
            )
            """,
            arguments + ["now": now.timestamp]
        )
    }
}
