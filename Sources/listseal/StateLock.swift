import Foundation

/// A file that one command at a time can have, until it ends.
final class StateLock {
    private let handle: FileHandle

    /// Throws ``CommandFailure`` if another command has it.
    init(_ path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(
                atPath: path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        }
        handle = try FileHandle(forUpdating: URL(filePath: path))
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw CommandFailure(
                "another command replaces a key just now",
                hint: "wait until it has ended"
            )
        }
    }
}
