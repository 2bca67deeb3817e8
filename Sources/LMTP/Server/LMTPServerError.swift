public import SMTP

/// The reason why an ``LMTPServer`` cannot start.
public enum LMTPServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another process listens on the socket.
    case inUse(SocketPath)
    /// Another host could connect to the socket and pretend to be Postfix.
    case notLocal(SocketPath)

    /// The failure and its remedy, for the administrator.
    public var description: String {
        switch self {
        case .inUse(let socket): "another process listens on \(socket)"
        case .notLocal(let socket): "\(socket) can be reached from other hosts; use a UNIX socket"
        }
    }
}
