import Foundation
import GRDB
import MailingList
import OpenPGP
import TestSupport
import Testing

@testable import SQLiteStore

/// That what is owed outlives a new version.
@Suite struct MigrationTests {
    @Test("copies that were owed before workflows existed are owed after, by the same numbers")
    func owed() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            try DatabaseFile.prepare(at: path)
            let pool = try Connections.open(path, observing: nil)
            try Schema.migrator.migrate(
                pool,
                upTo: "2: inline mail, and signatures that are seen in two lists"
            )
            let key = String(repeating: "A", count: 40)
            try pool.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO list_number DEFAULT VALUES;
                        INSERT INTO list (id, address, address_key, list_id, fingerprint, created,
                            display_name, maximum_message_size, signature_maximum_age,
                            delivers_own_posts)
                        VALUES (1, 'a@lists.example', 'a@lists.example', 'a.lists.example', '\(key)',
                            0, '', 10000, 3600, 1);
                        INSERT INTO subscriber (list, address, address_key, roles, delivery, token,
                            created)
                        VALUES (1, 'b@example.org', 'b@example.org', 1, 'active',
                            'abcdefghijklmnopqrst', 0);
                        INSERT INTO post (id, list, identifier, kind, message_id, sealed, loops, bytes)
                        VALUES (41, 1, 'x', 'post', '<x@lists.example>', 0, '[]', x'd2');
                        INSERT INTO delivery (id, list, post, subscriber, next_attempt)
                        VALUES (77, 1, 41, 1, 0);
                        INSERT INTO delivery (id, list, post, subscriber, next_attempt)
                        SELECT 99, 1, 41, NULL, 0 WHERE FALSE;
                        UPDATE sqlite_sequence SET seq = 99 WHERE name = 'delivery';
                        """
                )
            }
            try pool.close()
            let store = try SQLiteStore(path: path)
            let due = try store.dueDeliveries(after: 0, now: StoreSamples.start, limit: 9)
            #expect(due.map(\.id) == [77] && due.map(\.post) == [41])
            #expect(try store.post(41)?.post.bytes == [0xd2])
            #expect(try store.list(1)?.settings.subscriptionPolicy == .moderate)
            // No number is given twice, and the last copy takes its post along.
            try store.carryOut(
                [],
                answers: [
                    SealedAnswer(
                        reader: .person(due[0].recipient, nil),
                        post: SealedPost(
                            identifier: "y",
                            kind: .clearAnswer,
                            messageID: "<y@lists.example>",
                            date: StoreSamples.start,
                            loops: [],
                            recipient: due[0].recipient,
                            bytes: [1]
                        )
                    )
                ],
                in: 1,
                now: StoreSamples.start
            )
            let both = try store.dueDeliveries(after: 0, now: StoreSamples.start, limit: 9)
            #expect(both.map(\.id) == [77, 100] && both.map(\.post) == [41, 42])
            try store.settle([(77, .delivered)], now: StoreSamples.start)
            #expect(try store.post(41) == nil)
            #expect(
                try store.read { try Int.fetchOne($0, sql: "PRAGMA foreign_key_check") } == nil
            )
        }
    }
}
