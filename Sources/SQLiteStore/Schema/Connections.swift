import Foundation
import GRDB

/// How a connection to the database behaves.
enum Connections {
    /// Opens the writer; readers are opened as they are needed.
    static func open(
        _ path: String,
        observing trace: (@Sendable (String) -> Void)?
    ) throws -> DatabasePool {
        let pool = try patiently {
            try DatabasePool(path: path, configuration: configuration(observing: trace))
        }
        // GRDB sets NORMAL when it switches to WAL, after all of ours: then a
        // power cut would take back what we have answered with 250. The one
        // writer of a pool lives as long as the pool.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
    }

    // Who switches a new file to WAL while another does the same is told at once that it
    // is busy, whatever the time limit: waiting could be for each other.
    private static func patiently<Value>(_ open: () throws -> Value) throws -> Value {
        let deadline = Date(timeIntervalSinceNow: SQLiteStore.patience)
        while true {
            do {
                return try open()
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && Date() < deadline
            {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    private static func configuration(
        observing trace: (@Sendable (String) -> Void)?
    ) -> Configuration {
        var configuration = Configuration()
        configuration.label = "listseal store"
        configuration.foreignKeysEnabled = true
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(SQLiteStore.patience)
        configuration.prepareDatabase { db in
            if let trace {
                db.trace { event in
                    if case .statement(let statement) = event { trace(statement.sql) }
                }
            }
            // GRDB lets readers wait longer than its configuration says.
            try db.execute(sql: "PRAGMA busy_timeout = \(Int(SQLiteStore.patience * 1000))")
            // What is deleted is overwritten with zeros.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            // No sort or index of a query ever becomes a file in /tmp.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // A schema that somebody planted calls no functions.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        return configuration
    }
}
