import Foundation
import GRDB
import Glibc
import MailingList
import TestSupport
import Testing

@testable import SQLiteStore

/// That what is committed is on the disk, and nothing else is.
@Suite struct DurabilityTests {
    @Test("every connection flushes each commit, checks keys and erases what it deletes")
    func pragmas() throws {
        try Scratch.directory { directory in
            let store = try SQLiteStore(path: directory + "/s.sqlite")
            let pragmas = [
                "journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout",
                "temp_store", "trusted_schema",
            ]
            let values: (Database) throws -> [String?] = { db in
                try pragmas.map { try String.fetchOne(db, sql: "PRAGMA \($0)") }
            }
            // 2 is FULL for synchronous, and MEMORY for temp_store.
            let expected = ["wal", "2", "1", "1", "5000", "2", "0"]
            #expect(try store.pool.writeWithoutTransaction(values) == expected)
            #expect(try store.pool.read(values) == expected)
        }
    }

    @Test("the files are for one user, whatever the umask", arguments: [0, 0o027, 0o777])
    func modes(umask mask: Int) async throws {
        // The umask is the whole process's: in a process of its own.
        await #expect(processExitsWith: .success) { [mask] in
            umask(mode_t(mask))
            try Scratch.directory { directory in
                let store = try SQLiteStore(path: directory + "/state/s.sqlite")
                try store.setDedicatedDomains(["lists.example"])
                let modes = try ["", "/s.sqlite", "/s.sqlite-wal", "/s.sqlite-shm"].map { name in
                    try FileManager.default
                        .attributesOfItem(atPath: directory + "/state" + name)[.posixPermissions]
                        as? Int
                }
                guard modes == [0o700, 0o600, 0o600, 0o600] else { exit(1) }
            }
        }
    }

    @Test("a database that others could read is closed to them when it is opened")
    func openFile() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            _ = try SQLiteStore(path: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            _ = try SQLiteStore(path: path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test(
        "whoever is killed in the middle of commits has kept what she answered for",
        arguments: [1, 10, 40]
    )
    func kill(after answers: Int) async throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "listseal-kill-\(UUID().uuidString)").path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let list = try KilledWriter.prepare(in: directory)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [directory = directory as String, answers] in
            try KilledWriter.run(in: directory, until: answers)
        }
        let answered = try KilledWriter.answered(in: directory)
        #expect(answered.count >= answers)
        let store = try SQLiteStore(path: KilledWriter.database(in: directory))
        for message in answered {
            #expect(try store.hasReceipt(StoreSamples.receipt(list, message)))
            #expect(try store.isClaimed(StoreSamples.claim(list, message)))
        }
        try store.read { db in
            #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
            // Whole messages only: with its receipt each has its claim and copies.
            let receipts = try #require(
                try Int.fetchOne(db, sql: "SELECT count(*) FROM receipt")
            )
            #expect(receipts >= answered.count)
            for table in ["claim", "post"] {
                #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") == receipts)
            }
            let copies = try Int.fetchAll(db, sql: "SELECT count(*) FROM delivery GROUP BY post")
            #expect(copies == Array(repeating: KilledWriter.people, count: receipts))
        }
    }

    @Test("what is deleted stands in no file after pruning")
    func erased() throws {
        try Scratch.directory { directory in
            let store = try SQLiteStore(path: directory + "/s.sqlite")
            let fixture = StoreFixture(store: store) { store }
            let list = try fixture.list()
            try fixture.person(1, of: list)
            let canary = Array("canary-\(UUID().uuidString)".utf8)
            // Larger than a page, so that it has overflow pages too.
            let bytes = Array(repeating: canary, count: 1000).flatMap(\.self)
            _ = try store.commit(
                [
                    Acceptance(
                        list: list,
                        receipt: StoreSamples.receipt(list, "one"),
                        claims: [],
                        effect: .distribute(
                            SealedPost(
                                identifier: String(decoding: canary, as: UTF8.self),
                                kind: .post,
                                messageID: "<1@lists.example>",
                                date: StoreSamples.start,
                                loops: [],
                                bytes: bytes
                            ),
                            to: .subscribers(except: nil)
                        )
                    )
                ],
                now: StoreSamples.start
            )
            #expect(try Self.isAnywhere(canary, in: directory))
            let due = try fixture.due()
            try store.settle(due.map { ($0.id, .delivered) }, now: StoreSamples.start)
            try store.prune(now: StoreSamples.start)
            #expect(try !Self.isAnywhere(canary, in: directory))
        }
    }

    private static func isAnywhere(_ bytes: [UInt8], in directory: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: directory).contains { name in
            let data = try Data(contentsOf: URL(filePath: directory + "/" + name))
            return data.range(of: Data(bytes)) != nil
        }
    }
}
