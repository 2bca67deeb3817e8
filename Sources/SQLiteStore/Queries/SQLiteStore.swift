import Foundation
import GRDB
public import MailingList

/// Keeps lists in one SQLite file.
///
/// Readers see the last commit and never wait; writers take turns, also between
/// processes. What a method has written is on the disk when it returns: an
/// accepted post survives the power cut after its 250. Every copy of the value
/// shares the same connections.
///
/// - SeeAlso: [Write-ahead logging](https://www.sqlite.org/wal.html)
public struct SQLiteStore: ListStore {
    /// Seconds that a method waits for another process before it throws: less
    /// than any client waits for the answer to its message.
    static let patience: TimeInterval = 5

    let pool: DatabasePool

    /// The file that was opened, to notice if another one has its name.
    let file: DatabaseFile.Identity

    /// Opens a database, or makes it, readable by this user alone.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - mayCreate: Whether a missing or empty database is made. False where lists were kept
    ///     before: an empty database in the place of a lost one would make their mail unknown.
    /// - Throws: ``SQLiteStoreError``; ``SQLiteStoreError/missing(path:)`` if there is no
    ///   database and none may be made.
    public init(path: String, mayCreate: Bool = true) throws {
        try self.init(path: path, mayCreate: mayCreate, observing: nil)
    }

    /// Opens a database and lets somebody see each statement.
    init(
        path: String,
        mayCreate: Bool = true,
        observing trace: (@Sendable (String) -> Void)?
    ) throws {
        if !mayCreate { try DatabaseFile.checkExists(path) }
        try DatabaseFile.prepare(at: path)
        do {
            pool = try Connections.open(path, observing: trace)
            if !mayCreate, try pool.read({ try !$0.tableExists("list") }) {
                throw SQLiteStoreError.missing(path: path)
            }
            try Schema.migrate(pool)
            file = try DatabaseFile.Identity(of: path)
        } catch {
            throw SQLiteStoreError.inWords(error, path: path)
        }
    }

    /// Reads from the last commit.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw SQLiteStoreError.inWords(error, path: pool.path)
        }
    }

    /// Writes in one IMMEDIATE transaction, which is on the disk on return.
    ///
    /// A row that refers to one that is not there, because somebody deleted it
    /// meanwhile, is ``ListStoreError/notFound``.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        // SQLite writes on into a file that somebody has deleted, and all of it is lost when
        // the process ends.
        guard file == (try? DatabaseFile.Identity(of: pool.path)) else {
            throw SQLiteStoreError.replaced(path: pool.path)
        }
        do {
            return try pool.write(body)
        } catch DatabaseError.SQLITE_CONSTRAINT_FOREIGNKEY {
            throw ListStoreError.notFound
        } catch {
            throw SQLiteStoreError.inWords(error, path: pool.path)
        }
    }

    /// Runs a closure over the records in one transaction, which is on the disk on return.
    public func transaction<Value>(
        _ work: (any StoreTransaction) throws -> Value
    ) throws -> Value {
        try write { try work(SQLiteTransaction($0)) }
    }
}

extension Database {
    /// Changes the row that a statement names, or throws
    /// ``ListStoreError/notFound``.
    func change(_ sql: String, _ arguments: StatementArguments) throws {
        try run(sql, arguments)
        guard changesCount > 0 else { throw ListStoreError.notFound }
    }

    /// Runs a statement, which is prepared once a connection.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
