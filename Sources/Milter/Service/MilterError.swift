/// The reason why the milter cannot run, or why an action failed.
public enum MilterError: Error, Hashable, CustomStringConvertible {
    /// The process has already run a milter; libmilter supports one.
    case alreadyRun
    /// libmilter refused to register the filter.
    case notRegistered
    /// The socket cannot be opened; libmilter writes the reason to syslog.
    case socketUnavailable(String)
    /// Another process listens on the socket.
    case socketInUse(String)
    /// libmilter stopped listening without a request; it writes the reason to syslog.
    case listenerFailed
    /// A session called an action after `endOfMessage` had returned.
    case outsideEndOfMessage
    /// libmilter could not send the deletion of the recipient to the MTA.
    case recipientNotDeleted

    /// The failure, in words for the log.
    public var description: String {
        switch self {
        case .alreadyRun: "a process can run one milter, once"
        case .notRegistered: "libmilter does not take the filter"
        case .socketUnavailable(let socket): "cannot listen on \(socket), see syslog"
        case .socketInUse(let socket): "another process listens on \(socket)"
        case .listenerFailed: "libmilter has stopped listening, see syslog"
        case .outsideEndOfMessage: "the end of the message is over"
        case .recipientNotDeleted: "the MTA cannot be told to delete a recipient"
        }
    }
}
