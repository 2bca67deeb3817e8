import Glibc

/// How much room a file system has for this user.
package struct FreeSpace: Sendable, Hashable {
    /// The octets that a user who is not root can still write.
    package let freeOctets: Int64
    /// The files that can still be made; nil if the file system has no limit.
    package let freeFiles: Int64?
    /// Whether nothing can be written.
    package let isReadOnly: Bool

    /// Looks at the file system of a path.
    ///
    /// Throws ``FileError``.
    package init(of path: String) throws(FileError) {
        var space = statvfs()
        guard unsafe statvfs(path, &space) == 0 else { throw FileError(path) }
        freeOctets = Int64(
            clamping: UInt64(space.f_bavail).multipliedReportingOverflow(
                by: UInt64(space.f_frsize)
            ).partialValue
        )
        freeFiles = space.f_files == 0 ? nil : Int64(clamping: space.f_favail)
        isReadOnly = space.f_flag & UInt(ST_RDONLY) != 0
    }
}
