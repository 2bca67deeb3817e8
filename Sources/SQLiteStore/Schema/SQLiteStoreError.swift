/// Why a database cannot be used as it is.
///
/// What SQLite itself says is thrown as it comes, without the values of the
/// statement: addresses and digests stand in no error.
public enum SQLiteStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file system refused; the code is that of `errno`.
    case file(operation: String, path: String, code: Int32)
    /// A later version of the program has changed the tables.
    case newerSchema
    /// A row holds what this program never wrote.
    case damaged(table: String, row: Int64)

    /// What happened, for the administrator.
    public var description: String {
        switch self {
        case .file(let operation, let path, let code):
            "cannot \(operation) \(path): errno \(code)"
        case .newerSchema:
            "the database was made by a later version; install that version again"
        case .damaged(let table, let row):
            "row \(row) of table \(table) is damaged; restore the database from a backup"
        }
    }
}
