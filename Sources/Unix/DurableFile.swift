package import Foundation

/// Files that are on disk, with their folder's entry, when the call returns.
package enum DurableFile {
    /// Makes a file that is not there yet.
    ///
    /// Nobody ever sees a part of it: the file gets its name when its contents are on disk.
    /// Of several processes that make the same file at once, one does.
    /// - Parameters:
    ///   - path: Where.
    ///   - contents: All of the file.
    ///   - mode: Its permissions.
    /// - Returns: Whether this call made the file; false if there was one.
    /// - Throws: ``FileError``.
    @discardableResult
    package static func create(
        _ path: String,
        _ contents: Data,
        mode: mode_t
    ) throws(FileError)
        -> Bool
    {
        let draft = try draft(of: path, contents, mode: mode)
        defer { _ = unsafe unlink(draft) }
        guard unsafe link(draft, path) == 0 else {
            guard errno == EEXIST else { throw FileError(path) }
            return false
        }
        try syncFolder(of: path)
        return true
    }

    /// Puts a file in the place of whatever has its name.
    ///
    /// - Parameters:
    ///   - path: Where.
    ///   - contents: All of the file.
    ///   - mode: Its permissions.
    /// - Throws: ``FileError``; the earlier file is still there then.
    package static func replace(_ path: String, _ contents: Data, mode: mode_t) throws(FileError) {
        let draft = try draft(of: path, contents, mode: mode)
        do {
            try rename(draft, to: path)
        } catch {
            _ = unsafe unlink(draft)
            throw error
        }
    }

    /// Renames a file over whatever has the new name, and syncs the folder.
    ///
    /// Throws ``FileError``.
    package static func rename(_ old: String, to new: String) throws(FileError) {
        guard unsafe Foundation.rename(old, new) == 0 else { throw FileError(new) }
        try syncFolder(of: new)
    }

    /// Writes the entries of a file's folder to disk.
    ///
    /// Throws ``FileError``.
    package static func syncFolder(of path: String) throws(FileError) {
        let folder = (path as NSString).deletingLastPathComponent
        let name = folder.isEmpty ? "." : folder
        let descriptor = unsafe open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(name) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError(name) }
    }

    // A file beside the target, whole and on disk.
    private static func draft(
        of path: String,
        _ contents: Data,
        mode: mode_t
    ) throws(FileError) -> String {
        let draft = "\(path).listseal-\(UUID().uuidString)"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path) }
        defer { close(descriptor) }
        guard write(contents, to: descriptor), fchmod(descriptor, mode) == 0,
            fsync(descriptor) == 0
        else {
            let error = FileError(path)
            _ = unsafe unlink(draft)
            throw error
        }
        return draft
    }

    private static func write(_ contents: Data, to descriptor: CInt) -> Bool {
        var rest = contents[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// A file could not be written.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, or its folder.
    package let path: String
    /// The operating system's number.
    package let code: CInt

    init(_ path: String) {
        self.path = path
        code = errno
    }

    /// What happened and why, in the words of the operating system.
    package var description: String {
        switch code {
        case ENOSPC, EDQUOT, EROFS: PlainWords.of(code: code, path: path)
        default: "cannot write \(path): \(unsafe String(cString: strerror(code)))"
        }
    }
}
