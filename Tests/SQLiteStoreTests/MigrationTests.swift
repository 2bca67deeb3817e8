import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP
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
            #expect(try store.owedOctets() == 1)
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
            #expect(try store.owedOctets() == 2)
            try store.settle([(77, .delivered)], now: StoreSamples.start)
            #expect(try store.post(41) == nil)
            #expect(
                try store.read { try Int.fetchOne($0, sql: "PRAGMA foreign_key_check") } == nil
            )
        }
    }

    @Test("posts that their authors have signed are owed and kept as they were")
    func originals() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            try DatabaseFile.prepare(at: path)
            let pool = try Connections.open(path, observing: nil)
            try Schema.migrator.migrate(pool, upTo: "8: reports to owners, one a day")
            let key = String(repeating: "A", count: 40)
            let code = String(repeating: "0a", count: 32)
            try pool.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO list_number DEFAULT VALUES;
                        INSERT INTO list (id, address, address_key, list_id, fingerprint, created)
                        VALUES (1, 'a@lists.example', 'a@lists.example', 'a.lists.example', '\(key)',
                            0);
                        INSERT INTO subscriber (list, address, address_key, roles, delivery, token,
                            created)
                        VALUES (1, 'b@example.org', 'b@example.org', 1, 'active',
                            'abcdefghijklmnopqrst', 0);
                        INSERT INTO post (id, list, identifier, kind, message_id, sealed, loops,
                            author, mac, bytes)
                        VALUES (41, 1, 'x', 'post', '<x@lists.example>', 0, '[]', 'b@example.org',
                            x'\(code)', x'd2');
                        INSERT INTO delivery (id, list, post, subscriber, next_attempt)
                        VALUES (77, 1, 41, 1, 0);
                        INSERT INTO archive (id, list, identifier, message_id, sealed, loops,
                            author, mac, bytes)
                        VALUES (8, 1, 'x', '<x@lists.example>', 0, '[]', 'b@example.org',
                            x'\(code)', x'd2');
                        UPDATE sqlite_sequence SET seq = 60 WHERE name = 'post';
                        UPDATE sqlite_sequence SET seq = 20 WHERE name = 'archive';
                        """
                )
            }
            try pool.close()
            let store = try SQLiteStore(path: path)
            let due = try store.dueDeliveries(after: 0, now: StoreSamples.start, limit: 9)
            #expect(due.map(\.id) == [77] && due.map(\.post) == [41])
            let owed = try #require(try store.post(41)?.post)
            let kept = try #require(try store.archivedPosts(of: 1, after: 0, limit: 9).first)
            #expect(kept.id == 8)
            for post in [owed, kept.post] {
                #expect(post.mac == [UInt8](repeating: 10, count: 32) && post.bytes == [0xd2])
                #expect(post.author?.description == "b@example.org")
            }
            // A number once given is not given again, and the last copy takes its post along.
            try store.settle([(77, .delivered)], now: StoreSamples.start)
            #expect(try store.post(41) == nil)
            try store.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO post (list, identifier, kind, message_id, sealed, loops, bytes)
                        VALUES (1, 'y', 'clear-post', '<y@lists.example>', 0, '[]', x'd2');
                        INSERT INTO archive (list, identifier, message_id, sealed, loops, mac, bytes)
                        VALUES (1, 'y', '<y@lists.example>', 0, '[]', x'\(code)', x'd2');
                        """
                )
            }
            #expect(try store.post(61)?.post.kind == .clearPost)
            #expect(try store.archivedPosts(of: 1, after: 8, limit: 9).map(\.id) == [21])
            #expect(
                try store.read { try Int.fetchOne($0, sql: "PRAGMA foreign_key_check") } == nil
            )
        }
    }

    @Test("settings that were columns are rows, and people keep their numbers and roles")
    func settings() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            try DatabaseFile.prepare(at: path)
            let pool = try Connections.open(path, observing: nil)
            try Schema.migrator.migrate(pool, upTo: "3: workflows, and answers to people")
            let key = String(repeating: "A", count: 40)
            try pool.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO list_number DEFAULT VALUES;
                        INSERT INTO list_number DEFAULT VALUES;
                        INSERT INTO list (id, address, address_key, list_id, fingerprint, created,
                            display_name, maximum_message_size, signature_maximum_age,
                            delivers_own_posts, accepts_inline, unbound_post_action,
                            subscription_policy, key_change_workflow, token_lifetime,
                            shows_subscribers, language)
                        VALUES (1, 'a@lists.example', 'a@lists.example', 'a.lists.example', '\(key)',
                            0, 'Ä', 10001, 3601, 0, 1, 'refuse', 'closed', 'key-confirm, moderate',
                            86401, 1, 'de');
                        INSERT INTO list (id, address, address_key, list_id, fingerprint, created,
                            display_name, maximum_message_size, signature_maximum_age,
                            delivers_own_posts)
                        VALUES (2, 'b@lists.example', 'b@lists.example', 'b.lists.example', '\(key)',
                            0, '', 10485760, 1209600, 1);
                        INSERT INTO subscriber (id, list, address, address_key, roles, delivery,
                            token, created)
                        VALUES (7, 1, 'b@example.org', 'b@example.org', 3, 'suspended',
                            'abcdefghijklmnopqrst', 0);
                        UPDATE sqlite_sequence SET seq = 20 WHERE name = 'subscriber';
                        INSERT INTO certificate (subscriber, fingerprint, fingerprints, user_ids,
                            bytes)
                        VALUES (7, '\(key)', '["\(key)"]', '[]', x'01');
                        """
                )
            }
            try pool.close()
            let store = try SQLiteStore(path: path)
            let settings = try #require(try store.list(1)).settings
            let expected = [
                "display_name": "Ä", "max_message_size": "10001", "signature_max_age": "3601",
                "deliver_own_posts": "false", "inline_pgp_action": "ignore",
                "unbound_post_action": "refuse", "subscription_policy": "closed",
                "key_change_workflow": "key-confirm, moderate", "token_lifetime": "86401",
                "show_subscribers": "true", "language": "de",
            ]
            for (name, value) in expected {
                #expect(ListSettings.named(name)?.value(settings) == value, "\(name)")
            }
            #expect(try store.list(2)?.settings == ListSettings())
            let person = try #require(try store.subscribers(of: 1, after: 0, limit: 9).first)
            #expect(person.id == 7 && person.roles == [.subscriber, .owner])
            #expect(person.delivery == .suspended && person.certificate?.bytes == [1])
            var random = RandomSource()
            let next = try store.addSubscriber(
                try StoreSamples.address("c@example.org"),
                roles: [.moderator, .nonmember],
                certificate: nil,
                token: .random(using: &random),
                to: 1,
                now: StoreSamples.start
            )
            #expect(next.id == 21)
            try store.deleteList(1)
            #expect(
                try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM certificate") }
                    == 0
            )
        }
    }
}
