import Foundation
import GRDB
import MailingList
import TestSupport
import Testing

@testable import SQLiteStore

/// Several processes with one database.
@Suite struct ConcurrencyTests {
    @Test("many can open a database at once that is not there yet")
    func opening() throws {
        for _ in 0..<5 {
            try Scratch.directory { directory in
                let stores = try Threads.run(16) { _ in
                    try SQLiteStore(path: directory + "/state/s.sqlite")
                }
                let fixture = StoreFixture(store: stores[0]) { stores[1] }
                let list = try fixture.list()
                for store in stores { #expect(try store.lists() == [list]) }
            }
        }
    }

    @Test("a database that somebody else holds is an error after five seconds")
    func locked() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            let store = try SQLiteStore(path: path)
            let list = try StoreFixture(store: store) { store }.list()
            let other = try DatabaseQueue(path: path)
            try other.inDatabase { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                #expect(throws: SQLiteStoreError.locked(path: path)) {
                    try store.count(.refused, of: list.id)
                }
                // Readers never wait.
                #expect(try store.lists() == [list])
                try db.execute(sql: "ROLLBACK")
            }
            try store.count(.refused, of: list.id)
            #expect(try store.counts() == [.refused: 1])
        }
    }

    @Test("a database of a later version is left alone")
    func newer() throws {
        try Scratch.directory { directory in
            let path = directory + "/s.sqlite"
            let store = try SQLiteStore(path: path)
            try store.pool.write { db in
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('2: what comes later')")
            }
            #expect(throws: SQLiteStoreError.newerSchema) { _ = try SQLiteStore(path: path) }
        }
    }
}
