import GRDB
import Glibc

/// Why a database cannot be used as it is.
///
/// What SQLite itself says is thrown as it comes, without the values of the
/// statement: addresses and digests stand in no error. The failures that an administrator
/// can mend are thrown in words.
public enum SQLiteStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file system refused; the code is that of `errno`.
    case file(operation: String, path: String, code: Int32)
    /// A later version of the program has changed the tables.
    case newerSchema
    /// A row holds what this program never wrote.
    case damaged(table: String, row: Int64)
    /// There is no database, or an empty one, where one was in use.
    case missing(path: String)
    /// Another file has the database's name, or none has, since it was opened.
    case replaced(path: String)
    /// The file is no database any more: `SQLITE_CORRUPT` or `SQLITE_NOTADB`.
    case unreadable(path: String, code: Int32)
    /// The file system has no room: `SQLITE_FULL`.
    case diskFull(path: String)
    /// Another process has the write lock for longer than this one waits: `SQLITE_BUSY`.
    case locked(path: String)

    /// What happened, for the administrator.
    public var description: String {
        switch self {
        case .file(_, let path, ENOSPC): "the disk is full: cannot write \(path)"
        case .file(let operation, let path, let code):
            "cannot \(operation) \(path): \(unsafe String(cString: strerror(code)))"
        case .newerSchema:
            "the database was made by a later version; install that version again"
        case .damaged(let table, let row):
            "row \(row) of table \(table) is damaged; restore the database from a backup"
        case .missing(let path):
            "the database \(path) is missing or empty, and this state was in use. "
                + Self.howToRestore(path)
        case .replaced(let path):
            "the database \(path) was deleted or replaced while it was in use. "
                + Self.howToRestore(path)
        case .unreadable(let path, let code):
            "the database \(path) is damaged (SQLite code \(code)). " + Self.howToRestore(path)
        case .diskFull(let path): "the disk is full: cannot write \(path)"
        case .locked(let path):
            "another process has locked \(path) for more than \(Int(SQLiteStore.patience)) "
                + "seconds; end it"
        }
    }

    private static func howToRestore(_ path: String) -> String {
        "Restore it from a backup: stop the daemon, remove \(path)-wal and \(path)-shm, copy the "
            + "backup to \(path), and start the daemon. Mail waits in Postfix's queue meanwhile."
    }

    /// The error in words if it is one that an administrator can mend; else the error itself.
    static func inWords(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return Self.unreadable(path: path, code: error.resultCode.rawValue)
        case .SQLITE_FULL: return Self.diskFull(path: path)
        case .SQLITE_BUSY: return Self.locked(path: path)
        default: return error
        }
    }
}
