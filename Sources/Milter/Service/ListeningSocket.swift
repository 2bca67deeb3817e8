import CMilter
import Glibc

/// The socket that the MTA connects to.
struct ListeningSocket: Sendable {
    /// The socket in libmilter's notation: `unix:PATH`, `local:PATH`, `PATH` or
    /// `inet:PORT@HOST`.
    let name: String

    /// The path of a unix socket; nil for other sockets.
    var path: String? {
        guard let colon = name.firstIndex(of: ":") else { return name }
        return switch name[..<colon].lowercased() {
        case "unix", "local", "": String(name[name.index(after: colon)...])
        default: nil
        }
    }

    /// Starts to listen, and replaces a socket file that an earlier process left.
    ///
    /// - Parameter mode: The permissions of a unix socket; nil to leave them to the
    ///   umask of the process.
    /// - Throws: ``MilterError/socketUnavailable(_:)`` if libmilter cannot listen or
    ///   the permissions cannot be set.
    func open(mode: mode_t?) throws(MilterError) {
        guard unsafe CMilter_setconn(name) == MI_SUCCESS, smfi_opensocket(1) == MI_SUCCESS
        else { throw .socketUnavailable(name) }
        guard let path, let mode else { return }
        guard unsafe chmod(path, mode) == 0 else { throw .socketUnavailable(name) }
    }

    /// Connects once and disconnects, so that libmilter's listener stops waiting.
    ///
    /// It does this for unix sockets only, and does not report a failure.
    func knock() {
        guard let path else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = Array(path.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard octets.count < capacity else { return }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: octets) }
        let descriptor = socket(
            AF_UNIX,
            CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
                | CInt(SOCK_CLOEXEC.rawValue),
            0
        )
        guard descriptor >= 0 else { return }
        unsafe withUnsafePointer(to: address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = unsafe connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        close(descriptor)
    }
}
