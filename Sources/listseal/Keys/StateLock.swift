import Foundation

/// A file that one command at a time can have, until it ends.
final class StateLock {
    private let descriptor: Int32

    /// Throws ``CommandFailure`` if another command has it.
    init(_ path: String) throws {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("\(path) cannot be opened", hint: "run as the service's user")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw CommandFailure(
                "another command replaces a key just now",
                hint: "wait until it has ended"
            )
        }
    }

    deinit { close(descriptor) }
}
