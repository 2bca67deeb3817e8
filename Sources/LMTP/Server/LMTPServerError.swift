public import SMTP

/// Why an ``LMTPServer`` does not start.
public enum LMTPServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Somebody listens there already, and answers.
    case inUse(SocketPath)
    /// Another host could connect, and pretend to be Postfix.
    case notLocal(SocketPath)

    /// What to tell the administrator.
    public var description: String {
        switch self {
        case .inUse(let socket): "another process listens on \(socket)"
        case .notLocal(let socket): "\(socket) can be reached from other hosts; use a UNIX socket"
        }
    }
}
