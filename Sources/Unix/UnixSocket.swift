import Glibc

/// Connecting to UNIX sockets.
package enum UnixSocket {
    /// Octets of the longest path, without the NUL at its end.
    ///
    /// - SeeAlso: unix(7)
    package static let maximumPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// Connects a socket of the caller's to a path, and says whether it worked; `errno` says
    /// why not.
    ///
    /// A path that is too long fails with `ENAMETOOLONG`.
    package static func connect(_ descriptor: CInt, to path: String) -> Bool {
        let octets = Array(path.utf8)
        guard octets.count <= maximumPath else {
            errno = ENAMETOOLONG
            return false
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: octets) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, size)
            }
        } == 0
    }

    /// Opens a stream socket that is not connected and that no child process inherits.
    ///
    /// - Parameter isBlocking: Whether calls on it wait.
    /// - Returns: Its descriptor, which the caller closes; nil if there is none, and `errno`
    ///   says why.
    package static func make(isBlocking: Bool) -> CInt? {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(
            AF_UNIX,
            isBlocking ? kind : kind | CInt(SOCK_NONBLOCK.rawValue),
            0
        )
        return descriptor >= 0 ? descriptor : nil
    }
}
