/// Why the milter cannot run, or an action cannot be done.
public enum MilterError: Error, Hashable, CustomStringConvertible {
    /// A second milter in one process: libmilter has room for one.
    case alreadyRun
    /// libmilter does not take the filter, being of another version.
    case notRegistered
    /// The socket cannot be made; libmilter tells syslog why.
    case socketUnavailable(String)
    /// libmilter has stopped listening by itself; it tells syslog why.
    case listenerFailed
    /// An action was tried when the end of the message was over.
    case outsideEndOfMessage
    /// The MTA cannot be told to delete the recipient.
    case recipientNotDeleted

    /// What happened, for a log.
    public var description: String {
        switch self {
        case .alreadyRun: "a process can run one milter, once"
        case .notRegistered: "libmilter does not take the filter"
        case .socketUnavailable(let socket): "cannot listen on \(socket), see syslog"
        case .listenerFailed: "libmilter has stopped listening, see syslog"
        case .outsideEndOfMessage: "the end of the message is over"
        case .recipientNotDeleted: "the MTA cannot be told to delete a recipient"
        }
    }
}
