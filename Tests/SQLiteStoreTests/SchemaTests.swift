import Foundation
import GRDB
import MailingList
import SMTP
import TestSupport
import Testing

@testable import SQLiteStore

/// What the tables refuse by themselves, and what becomes of a damaged one.
@Suite struct SchemaTests {
    @Test(
        "the tables refuse what must never be true",
        arguments: [
            // A copy of a post for somebody who is on another list.
            "INSERT INTO delivery (list, post, subscriber, next_attempt) VALUES (1, 1, 2, 0)",
            "INSERT INTO delivery (list, post, subscriber, next_attempt) VALUES (2, 1, 2, 0)",
            // A second copy for the same person.
            "INSERT INTO delivery (list, post, subscriber, next_attempt) VALUES (1, 1, 1, 0)",
            // A key of another list's person.
            "INSERT INTO certificate_key VALUES (2, '\(String(repeating: "A", count: 40))', 1)",
            "UPDATE certificate_key SET subscriber = 2",
            "UPDATE subscriber SET token = (SELECT token FROM subscriber WHERE id = 2)",
            "UPDATE subscriber SET roles = 0",
            "UPDATE subscriber SET roles = 16",
            "UPDATE subscriber SET delivery = 'sometimes'",
            "UPDATE subscriber SET created = 'yesterday'",
            "UPDATE subscriber SET unusable_notified = 1",
            "UPDATE list SET list_id = 'same'",
            "UPDATE list SET fingerprint = 'short'",
            "UPDATE post SET bytes = x''",
            "UPDATE post SET kind = 'summons'",
            "UPDATE post SET kind = 'letter'",
            "INSERT INTO receipt VALUES (x'00', 0)",
            "INSERT INTO clock VALUES (2, 0)",
            "DELETE FROM list_number",
        ]
    )
    func invariants(sql: String) throws {
        try withTwoLists { store in
            let error = #expect(throws: DatabaseError.self) {
                try store.pool.write { try $0.execute(sql: sql) }
            }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        }
    }

    @Test(
        "a damaged row is an error that names it, and ends nothing",
        arguments: [
            ("UPDATE list SET address = 'nobody' WHERE id = 1", "list"),
            // Not read as the default: it may have kept strangers out.
            ("INSERT INTO setting VALUES (1, 'subscription_policy', 'shut')", "setting"),
            ("INSERT INTO setting VALUES (1, 'unheard_of', 'true')", "setting"),
            ("UPDATE list SET fingerprint = replace(fingerprint, '0', 'Z') WHERE id = 1", "list"),
            ("UPDATE subscriber SET address = '' WHERE id = 1", "subscriber"),
            ("UPDATE subscriber SET token = '01234567890123456789' WHERE id = 1", "subscriber"),
            ("UPDATE certificate SET fingerprints = '[]' WHERE subscriber = 1", "certificate"),
        ]
    )
    func damage(sql: String, table: String) throws {
        try withTwoLists { store in
            try store.pool.write { try $0.execute(sql: sql) }
            #expect(throws: SQLiteStoreError.damaged(table: table, row: 1)) {
                _ = try store.lists()
                _ = try store.subscribers(of: 1, after: 0, limit: 9)
            }
        }
    }

    @Test("no error says whose row it was")
    func secrecy() throws {
        try withTwoLists { store in
            let anne = try #require(EmailAddress("anne-canary@example.org"))
            let token = try #require(try store.subscribers(of: 1, after: 0, limit: 1).first).token
            let error = #expect(throws: DatabaseError.self) {
                _ = try store.addSubscriber(
                    anne,
                    roles: .subscriber,
                    certificate: nil,
                    token: token,
                    to: 1,
                    now: StoreSamples.start
                )
            }
            let text = try #require(error.map { "\($0) \($0.localizedDescription)" })
            #expect(text.contains("UNIQUE"))
            #expect(!text.contains("canary") && !text.contains(token.description))
        }
    }

    @Test("of what came back there is one row a day, for thirty days, and no octet of the mail")
    func bounces() throws {
        try withTwoLists { store in
            let list = try #require(try store.list(1))
            for number in 0..<120 {
                let bounce = Acceptance(
                    list: list,
                    receipt: StoreSamples.receipt(list, "bounce \(number)"),
                    claims: [],
                    effect: .countBounce(StoreSamples.bounce(), of: 1)
                )
                _ = try store.commit([bounce], now: StoreSamples.time(number * 7200))
            }
            let rows: (Database) throws -> Int? = { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM bounce")
            }
            // Ten days, of which the first began in the middle.
            #expect(try store.read(rows) == 11)
            try store.prune(now: StoreSamples.time(35 * 86_400))
            #expect(try store.read(rows) == 5)
        }
    }

    @Test("why a copy did not arrive is noted with the person")
    func failure() throws {
        try withTwoLists { store in
            let due = try store.dueDeliveries(after: 0, now: StoreSamples.start, limit: 9)
            let id = try #require(due.first { $0.subscriber == 1 }).id
            try store.settle(
                [(id, .undeliverable(reason: "550 no such user"))],
                now: StoreSamples.time(5)
            )
            let rows = try store.read { db in
                try Row.fetchAll(db, sql: "SELECT id, failed, failure FROM subscriber ORDER BY id")
            }
            #expect(rows[0]["failed"] == StoreSamples.time(5).timestamp)
            #expect(rows[0]["failure"] == "550 no such user")
            #expect(rows[1]["failure"] == nil)
        }
    }

    @Test("a claim is found among two hundred thousand")
    func claims() throws {
        try withTwoLists { store in
            let list = try #require(try store.list(1))
            try store.pool.write { db in
                try db.execute(
                    sql: """
                        WITH RECURSIVE number (n) AS (
                            SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 200000
                        )
                        INSERT INTO claim (list, digest, expires)
                        SELECT 1, randomblob(32), \(Int64.max) FROM number
                        """
                )
            }
            let start = ContinuousClock.now
            for number in 0..<1000 {
                #expect(try !store.isClaimed(StoreSamples.claim(list, "new \(number)")))
            }
            print("a claim among 200000: \((ContinuousClock.now - start) / 1000)")
            #expect(try store.isClaimed(StoreSamples.claim(list, "one")))
        }
    }

    // Lists 1 and 2, with person 1 on the first and 2 on the second, who are both
    // owed a post of theirs.
    private func withTwoLists(_ body: (SQLiteStore) throws -> Void) throws {
        try Scratch.directory { directory in
            let store = try SQLiteStore(path: directory + "/s.sqlite")
            let fixture = StoreFixture(store: store) { store }
            for (number, name) in [(1, "a"), (2, "b")] {
                let list = try fixture.list(name)
                try fixture.person(number, of: list)
                try fixture.post("one", to: list)
            }
            try body(store)
        }
    }
}
