public import SMTP

/// Why there is no session with Postfix.
public enum SubmissionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Postfix refused the connection or EHLO.
    case refused(SMTPReply)
    /// Postfix ended the connection, or did not answer in time.
    case ended
    /// What came is no reply, or is one to nothing that was asked.
    case protocolViolation(ProtocolViolation)

    /// What was wrong with a reply.
    public enum ProtocolViolation: Error, Sendable, Hashable {
        /// A line is longer than the limit.
        case lineTooLong
        /// A reply has more lines than the limit.
        case tooManyLines
        /// A line does not begin with a reply code, or with another one.
        case malformed
        /// A reply does not fit the command, or there was no command.
        case unexpected
    }

    /// What to write to the log: no address, no text of the peer's.
    public var description: String {
        switch self {
        case .refused(let reply): "Postfix refused the session with \(reply.code)"
        case .ended: "Postfix ended the session"
        case .protocolViolation(let violation): "Postfix does not speak SMTP: \(violation)"
        }
    }
}
