import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

@Suite struct StatementTests {
    @Test(
        "a statement is found whatever a mail program did to it",
        arguments: [
            { $0 },
            { $0.split(separator: "\n").map { "> " + $0 }.joined(separator: "\n") },
            { $0.split(separator: "\n").map { ">> | " + $0 + "   " }.joined(separator: "\r\n") },
            { $0.replacing(": ", with: ":\n> ") },
            { $0.replacing("\n", with: " ") },
            { "Yes.\n\nOn Monday the list wrote:\n" + $0 + "\n\n-- \nAnne" },
            { $0.replacing(" ", with: "\u{a0}") },
        ] as [@Sendable (String) -> String]
    )
    func found(change: @Sendable (String) -> String) throws {
        let statement = try Self.statement()
        let found = Statement(in: change(statement.text))
        #expect(found == statement && found?.digest == statement.digest)
        #expect(found?.token == WorkflowSample.token(1))
    }

    @Test("another word anywhere makes another statement")
    func changed() throws {
        let statement = try Self.statement(replacing: 2)
        var seen: Set<[UInt8]> = [statement.digest]
        let changes = [
            ("key-change", "subscription"), ("list: a@", "list: b@"), ("anne%2540x", "anne"),
            ("address: ", "address: x"), ("fingerprint: 0", "fingerprint: 1"),
            ("old-fingerprint: 0", "old-fingerprint: 1"), ("expires: 20", "expires: 21"),
        ]
        for (old, new) in changes {
            let text = statement.text.replacing(old, with: new)
            guard text != statement.text else { continue }
            let digest = try #require(Statement(in: text)).digest
            #expect(seen.insert(digest).inserted, "\(old)")
        }
        #expect(seen.count == 7)
        #expect(Statement(in: try Self.statement().text)?.digest != statement.digest)
    }

    @Test(
        "what is not exactly one statement is none",
        arguments: [
            "", "openpgp-list-confirm-v1", "openpgp-list-confirm-v2\naction: x",
            "openpgp-list-confirm-v1 action: subscription list: a address: b fingerprint: c token:",
            "openpgp-list-confirm-v1 list: a action: subscription address: b fingerprint: c "
                + "token: d expires: e",
        ]
    )
    func none(text: String) {
        #expect(Statement(in: text) == nil)
    }

    @Test("two statements in one text are none")
    func two() throws {
        let text = try Self.statement().text
        #expect(Statement(in: text + "\n" + text) == nil)
        #expect(Statement(in: text + " x-openpgp-list-confirm-v1") == nil)
        #expect(Statement(in: text + String(repeating: " ", count: 300_000)) == nil)
    }

    @Test("every value is one word of visible ASCII")
    func words() throws {
        let statement = Statement(
            action: "subscription",
            list: try StoreSamples.address("\"a list\"@lists.example"),
            address: try StoreSamples.address("anne%40x@example.org"),
            fingerprint: try StoreSamples.fingerprint(1),
            replacing: nil,
            token: WorkflowSample.token(1),
            expires: StoreSamples.start
        )
        #expect(statement.text.contains("list: \"a%20list\"@lists.example\n"))
        #expect(statement.text.contains("address: anne%2540x@example.org\n"))
        #expect(Statement(in: statement.text) == statement)
    }

    private static func statement(replacing old: Int? = nil) throws -> Statement {
        Statement(
            action: "key-change",
            list: try StoreSamples.address("a@lists.example"),
            address: try StoreSamples.address("anne@example.org"),
            fingerprint: try StoreSamples.fingerprint(1),
            replacing: try old.map(StoreSamples.fingerprint),
            token: WorkflowSample.token(1),
            expires: StoreSamples.start
        )
    }
}

enum WorkflowSample {
    static func token(_ number: UInt64) -> WorkflowToken {
        var generator = SeededGenerator(seed: number)
        return .random(using: &generator)
    }
}
