import Foundation
import GRDB
import MailingList
import SQLiteStore
import TestSupport
import Testing

@Suite("A database that is lost")
struct LostDatabaseTests {
    @Test("a missing database is never replaced by an empty one where one was in use")
    func missing() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            let error = #expect(throws: SQLiteStoreError.missing(path: path)) {
                try SQLiteStore(path: path, mayCreate: false)
            }
            #expect(error?.description.contains("from a backup") == true)
            #expect(!FileManager.default.fileExists(atPath: path))
            // Neither is one of which a power cut or a full disk left nothing.
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            #expect(throws: SQLiteStoreError.missing(path: path)) {
                try SQLiteStore(path: path, mayCreate: false)
            }
            _ = try SQLiteStore(path: path)
            _ = try SQLiteStore(path: path, mayCreate: false)
        }
    }

    @Test("a database whose tables are lost with its log is not taken for a new one")
    func withoutTables() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE other (a)") }
            #expect(throws: SQLiteStoreError.missing(path: path)) {
                try SQLiteStore(path: path, mayCreate: false)
            }
        }
    }

    @Test("nothing is written into a database that was deleted or replaced")
    func replaced() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            let store = try SQLiteStore(path: path)
            let list = try StoreFixture(store: store) { store }.list()
            try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
            #expect(throws: SQLiteStoreError.replaced(path: path)) {
                try store.count(.refused, of: list.id)
            }
            try FileManager.default.copyItem(atPath: path + ".away", toPath: path)
            #expect(throws: SQLiteStoreError.replaced(path: path)) {
                try store.count(.refused, of: list.id)
            }
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
            try store.count(.refused, of: list.id)
        }
    }

    @Test("a damaged database says that it is damaged, and how to restore it")
    func damaged() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            // SQLITE_NOTADB.
            try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: path))
            let error = #expect(throws: SQLiteStoreError.self) { try SQLiteStore(path: path) }
            #expect(error == .unreadable(path: path, code: 26))
            #expect(error?.description.contains("is damaged") == true)
            #expect(error?.description.contains("from a backup") == true)
            // SQLITE_CORRUPT: a page of the tables is overwritten.
            try FileManager.default.removeItem(atPath: path)
            do {
                let store = try SQLiteStore(path: path)
                _ = try StoreFixture(store: store) { store }.list()
                try store.prune(now: StoreSamples.start)
            }
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
            var octets = try Data(contentsOf: URL(filePath: path))
            octets.replaceSubrange(4096..<octets.count, with: Data(count: octets.count - 4096))
            try octets.write(to: URL(filePath: path))
            #expect(throws: SQLiteStoreError.unreadable(path: path, code: 11)) {
                _ = try SQLiteStore(path: path).lists()
            }
        }
    }
}
