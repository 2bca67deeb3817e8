import Glibc

/// An exclusive lock on a file, for as long as this value lives.
///
/// The kernel releases it when the process ends, however it ends. A child process does not
/// inherit it.
///
/// - SeeAlso: flock(2)
package final class FileLock: Sendable {
    private let descriptor: CInt

    /// Locks a file, and makes it if it does not exist.
    ///
    /// - Returns: nil if another process, or another lock of this one, has it.
    /// - Throws: ``FileError`` if the file cannot be opened or locked.
    package init?(_ path: String) throws(FileError) {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return nil
            default: throw FileError(path)
            }
        }
    }

    deinit { close(descriptor) }
}
