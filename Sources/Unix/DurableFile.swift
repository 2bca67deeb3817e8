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

    /// Puts new contents into a file, which keeps its owner and, unless given, its mode.
    ///
    /// A link is followed, so that a file in another place stays there. A file that is not there
    /// yet gets the mode, or 0600.
    ///
    /// - Parameters:
    ///   - path: Where.
    ///   - contents: All of the file.
    ///   - mode: Its permissions; nil for those that it has.
    /// - Throws: ``FileError``; the earlier file is still there then.
    package static func rewrite(
        _ path: String,
        _ contents: Data,
        mode: mode_t? = nil
    ) throws(FileError) {
        let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        var present = stat()
        let isThere = unsafe stat(target, &present) == 0
        let draft = try draft(
            of: target,
            contents,
            mode: mode ?? (isThere ? present.st_mode & 0o7777 : 0o600),
            owner: isThere ? (present.st_uid, present.st_gid) : nil
        )
        do {
            try rename(draft, to: target)
        } catch {
            _ = unsafe unlink(draft)
            throw error
        }
    }

    /// Writes a folder with all that is in it to disk, and the folder's own entry.
    ///
    /// For what another program has written. Links and sockets are left out; what is removed
    /// meanwhile is no error. Throws ``FileError``.
    package static func syncTree(_ path: String) throws(FileError) {
        for name in try names(in: path) {
            let file = "\(path)/\(name)"
            var status = stat()
            guard unsafe lstat(file, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try syncTree(file)
            case S_IFREG: try sync(file, O_RDONLY | O_NOFOLLOW)
            default: continue
            }
        }
        try sync(path, O_RDONLY | O_DIRECTORY)
        try syncFolder(of: path)
    }

    private static func names(in folder: String) throws(FileError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw FileError(folder, code: PlainWords.code(of: error) ?? EIO)
        }
    }

    private static func sync(_ path: String, _ flags: CInt) throws(FileError) {
        let descriptor = unsafe open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw FileError(path) }
            return
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError(path) }
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
        mode: mode_t,
        owner: (user: uid_t, group: gid_t)? = nil
    ) throws(FileError) -> String {
        let draft = "\(path).listseal-\(UUID().uuidString)"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path) }
        defer { close(descriptor) }
        // The mode comes after the owner: changing that clears bits of the mode.
        guard write(contents, to: descriptor),
            owner.map({ give(descriptor, to: $0) }) ?? true,
            fchmod(descriptor, mode) == 0, fsync(descriptor) == 0
        else {
            let error = FileError(path)
            _ = unsafe unlink(draft)
            throw error
        }
        return draft
    }

    // Only root can give a file away, and only root needs to.
    private static func give(_ descriptor: CInt, to owner: (user: uid_t, group: gid_t)) -> Bool {
        var present = stat()
        guard unsafe fstat(descriptor, &present) == 0 else { return false }
        guard present.st_uid != owner.user || present.st_gid != owner.group else { return true }
        return fchown(descriptor, owner.user, owner.group) == 0
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

    init(_ path: String, code: CInt = errno) {
        self.path = path
        self.code = code
    }

    /// What happened and why, in the words of the operating system.
    package var description: String {
        switch code {
        case ENOSPC, EDQUOT, EROFS: PlainWords.of(code: code, path: path)
        default: "cannot write \(path): \(unsafe String(cString: strerror(code)))"
        }
    }
}
