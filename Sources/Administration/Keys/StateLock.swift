import Foundation

/// A lock that one process at a time has, until it ends or gives the lock up.
final class StateLock {
    private let descriptor: Int32

    /// Takes the lock of a file.
    ///
    /// Throws ``ActFailure``: `outdated` if another process has it, `file` if the file cannot
    /// be opened.
    init(_ path: String) throws {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ActFailure(.file, "\(path) cannot be opened", hint: "run as the service's user")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ActFailure(
                .outdated,
                "another command replaces a key at the moment",
                hint: "wait until it has ended"
            )
        }
    }

    deinit { close(descriptor) }
}
