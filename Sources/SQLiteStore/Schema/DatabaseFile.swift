import Foundation
import Glibc

/// The file of the database, before SQLite opens it.
///
/// SQLite would make it with the modes that the umask leaves, readable by all
/// as a rule. It gives its own files (`-wal`, `-shm`) the mode of this one.
enum DatabaseFile {
    /// Makes the file 0600, and its directory 0700 if there is none.
    ///
    /// A directory that exists is somebody's decision and stays as it is.
    static func prepare(at path: String) throws(SQLiteStoreError) {
        let directory = URL(filePath: path).deletingLastPathComponent()
            .path(percentEncoded: false)
        if unsafe mkdir(directory, S_IRWXU) == 0 {
            // What mkdir(2) and open(2) make is narrowed by the umask, so that
            // there is no moment of openness; chmod(2) is not.
            try check(unsafe chmod(directory, S_IRWXU), "set the mode of", directory)
        } else if errno != EEXIST {
            throw failure("make the directory", directory)
        }
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)
        guard file >= 0 else { throw failure("open", path) }
        defer { close(file) }
        var status = stat()
        try check(unsafe fstat(file, &status), "look at", path)
        // Only the owner may set it, and only if it is wrong: a process of
        // another user with its own rights on the file shall still start.
        if status.st_mode & 0o777 != 0o600 {
            try check(fchmod(file, S_IRUSR | S_IWUSR), "set the mode of", path)
        }
    }

    /// Which file a path named at one moment.
    struct Identity: Sendable, Hashable {
        private let device: UInt
        private let number: UInt

        /// Asks the file system.
        ///
        /// Throws ``SQLiteStoreError/missing(path:)`` if there is no file.
        init(of path: String) throws(SQLiteStoreError) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { throw .missing(path: path) }
            device = UInt(status.st_dev)
            number = UInt(status.st_ino)
        }
    }

    /// Throws ``SQLiteStoreError/missing(path:)`` if there is no file, or an empty one.
    static func checkExists(_ path: String) throws(SQLiteStoreError) {
        var status = stat()
        if unsafe stat(path, &status) != 0 {
            guard errno == ENOENT else { throw failure("look at", path) }
            throw .missing(path: path)
        }
        guard status.st_size > 0 else { throw .missing(path: path) }
    }

    private static func check(
        _ result: CInt,
        _ operation: String,
        _ path: String
    ) throws(SQLiteStoreError) {
        guard result == 0 else { throw failure(operation, path) }
    }

    private static func failure(_ operation: String, _ path: String) -> SQLiteStoreError {
        .file(operation: operation, path: path, code: errno)
    }
}
