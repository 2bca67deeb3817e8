import CMilter
import Glibc
import Unix

/// The socket that the MTA connects to.
struct ListeningSocket: Sendable {
    /// In libmilter's form: `unix:PATH`, `local:PATH`, `PATH`, `inet:PORT@HOST`.
    let name: String

    /// The path of a unix socket, nil for other sockets.
    var path: String? {
        guard let colon = name.firstIndex(of: ":") else { return name }
        return switch name[..<colon].lowercased() {
        case "unix", "local", "": String(name[name.index(after: colon)...])
        default: nil
        }
    }

    /// Begins to listen, in place of what a process before may have left.
    ///
    /// - Parameter mode: The permissions of a unix socket; nil for those that
    ///   the process' umask leaves.
    /// - Throws: ``MilterError/socketUnavailable(_:)``.
    func open(mode: mode_t?) throws(MilterError) {
        guard unsafe CMilter_setconn(name) == MI_SUCCESS, smfi_opensocket(1) == MI_SUCCESS
        else { throw .socketUnavailable(name) }
        guard let path, let mode else { return }
        guard unsafe chmod(path, mode) == 0 else { throw .socketUnavailable(name) }
    }

    /// Connects once and hangs up, so that a listener looks up from its wait.
    ///
    /// Only for unix sockets. Whether it works cannot be told from here.
    func knock() {
        guard let path else { return }
        guard let descriptor = UnixSocket.make(isBlocking: false) else { return }
        _ = UnixSocket.connect(descriptor, to: path)
        close(descriptor)
    }
}
