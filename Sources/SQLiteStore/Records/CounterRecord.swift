import GRDB
import MailingList

/// A row of `counter`.
enum CounterRecord {
    static func count(_ counter: ListCounter, of list: MailingList.ID, in db: Database) throws {
        try db.run(
            """
            INSERT INTO counter (list, name, count) VALUES (?, ?, 1)
            ON CONFLICT (list, name) DO UPDATE SET count = count + 1
            """,
            [list, counter.rawValue]
        )
    }

    /// The sum over all lists, of what has ever been counted.
    static func sums(in db: Database) throws -> [ListCounter: Int] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT name, sum(count) AS count FROM counter GROUP BY name"
        )
        var result: [ListCounter: Int] = [:]
        for row in rows {
            guard let counter = ListCounter(rawValue: row["name"]) else { continue }
            result[counter] = row["count"]
        }
        return result
    }
}
