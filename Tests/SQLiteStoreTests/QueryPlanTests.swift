import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// That no query of the message path grows with the store.
@Suite struct QueryPlanTests {
    /// Statements that look at a whole table, and may: they answer an
    /// administrator, or say how much there is.
    private static let mayScan = [
        "SELECT count(*) FROM list", "SELECT count(*) FROM subscriber",
        "SELECT count(*) FROM delivery", "SELECT min(sealed) FROM post",
        "SELECT l.address FROM list AS l\nWHERE NOT EXISTS",
        "SELECT count(*)\nFROM subscriber AS s LEFT JOIN certificate",
        "SELECT l.address FROM list AS l\n    JOIN subscriber AS s ON s.list = l.id",
        "SELECT name, sum(count) AS count FROM counter", "SELECT name, detail, since FROM alarm",
        "DELETE FROM dedicated_domain", "SELECT latest FROM clock",
        "UPDATE delivery SET next_attempt = min(next_attempt, :now)",
        // One look at all lists, in each round of housekeeping.
        "SELECT id FROM list WHERE EXISTS (SELECT 1 FROM archive",
        "SELECT id, key_seen, key_ends FROM list",
        // All lists are read with three statements.
        "SELECT list, address FROM alias ORDER BY", "SELECT list, name, value FROM setting",
    ]

    @Test("every statement that the store runs finds its rows by an index")
    func plans() throws {
        let statements = try Self.statements()
        // The suite reaches all of them, or this test would prove little.
        #expect(statements.count > 50)
        try Scratch.directory { directory in
            let store = try SQLiteStore(path: directory + "/s.sqlite")
            try store.pool.write { db in
                for sql in statements.sorted() {
                    for step in try Self.plan(of: sql, in: db) where step.hasPrefix("SCAN") {
                        let isByOrder =
                            step == "SCAN CONSTANT ROW"
                            || step.contains("USING INDEX sqlite_autoindex_list")
                            || step.contains("USING COVERING INDEX delivery_by_time")
                            || Self.isPartial(step)
                        #expect(
                            isByOrder || Self.mayScan.contains(where: sql.hasPrefix),
                            "\(step) in: \(sql)"
                        )
                    }
                }
            }
        }
    }

    // These indexes hold nothing but what somebody is still to be told of.
    private static func isPartial(_ step: String) -> Bool {
        ["unnotified", "bounced", "held_unwarned", "unsent_by_list", "missed_by_list"].contains {
            index in
            step.hasSuffix("INDEX " + index)
        }
    }

    @Test("every foreign key finds the rows to delete by an index")
    func foreignKeys() throws {
        try Scratch.directory { directory in
            try SQLiteStore(path: directory + "/s.sqlite").read { db in
                let keys = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT m.name AS name, group_concat(f."from", ' = 1 AND ') AS columns
                        FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f
                        WHERE m.type = 'table' AND f.on_delete = 'CASCADE'
                        GROUP BY m.name, f.id
                        """
                )
                #expect(keys.count == 23)
                for key in keys {
                    let sql =
                        "SELECT 1 FROM \(key["name"] as String) "
                        + "WHERE \(key["columns"] as String) = 1"
                    let steps = try Self.plan(of: sql, in: db)
                    #expect(steps.allSatisfy { $0.hasPrefix("SEARCH") }, "\(steps) in: \(sql)")
                }
            }
        }
    }

    private static func plan(of sql: String, in db: Database) throws -> [String] {
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        statement.setUncheckedArguments([])
        return try Row.fetchAll(statement).map { $0["detail"] }
    }

    // All that the conformance suite makes the store say.
    private static func statements() throws -> Set<String> {
        let seen = try ListStoreConformance.all.reduce(into: Set<String>()) { all, rule in
            all.formUnion(try RuleRun.statements(of: rule))
        }
        return seen.filter { sql in
            ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { sql.hasPrefix($0) }
                && !sql.contains("grdb_") && !sql.contains("sqlite_")
                // A migration copies whole tables, once.
                && !sql.hasPrefix("INSERT INTO new_")
                && !sql.hasPrefix("INSERT INTO setting SELECT")
                && !sql.hasPrefix("DELETE FROM certificate_key WHERE NOT")
                && !sql.contains("'accept_inline'")
                && !sql.hasPrefix("UPDATE delivery SET octets = (SELECT length")
                && !sql.hasPrefix("INSERT INTO owed")
        }
    }
}
