import Foundation

/// Files in a folder that somebody less trusted can write to.
///
/// No link is followed, and nothing is waited for: a name there may be made to lead to a
/// file of ours, or to a pipe.
enum ForeignFile {
    /// What a regular file holds; nil if there is none, or it is larger than so many octets.
    static func contents(of path: String, limit: Int) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= limit, let data = try? file.read(upToCount: limit + 1),
            data.count <= limit
        else { return nil }
        return Array(data)
    }

    /// Writes a file that was not there; false if it was, or cannot be made.
    static func create(_ path: String, _ bytes: Data, mode: mode_t) -> Bool {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe open(path, flags, mode)
        guard descriptor >= 0 else { return false }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: bytes)
            try file.close()
            return true
        } catch {
            return false
        }
    }
}
