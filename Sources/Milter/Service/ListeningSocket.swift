import CMilter
import Glibc
import Unix

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
    /// - Throws: ``MilterError/socketInUse(_:)`` if another process listens on it, because
    ///   libmilter would take its place; ``MilterError/socketUnavailable(_:)`` if libmilter
    ///   cannot listen or the permissions cannot be set.
    func open(mode: mode_t?) throws(MilterError) {
        if isAnswered { throw .socketInUse(name) }
        guard unsafe CMilter_setconn(name) == MI_SUCCESS, smfi_opensocket(1) == MI_SUCCESS
        else { throw .socketUnavailable(name) }
        guard let path, let mode else { return }
        guard unsafe chmod(path, mode) == 0 else { throw .socketUnavailable(name) }
    }

    private var isAnswered: Bool {
        guard let path, let descriptor = UnixSocket.make(isBlocking: false) else { return false }
        defer { close(descriptor) }
        return UnixSocket.connect(descriptor, to: path) || errno == EAGAIN
    }

    /// Connects once and disconnects, so that libmilter's listener stops waiting.
    ///
    /// It does this for unix sockets only, and does not report a failure.
    func knock() {
        guard let path else { return }
        guard let descriptor = UnixSocket.make(isBlocking: false) else { return }
        _ = UnixSocket.connect(descriptor, to: path)
        close(descriptor)
    }
}
