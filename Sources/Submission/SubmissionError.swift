public import SMTP

/// The reason why a session with Postfix could not start.
public enum SubmissionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Postfix refused the connection or EHLO.
    case refused(SMTPReply)
    /// Postfix ended the connection, or did not answer in time.
    case ended
    /// Postfix sent something that is no reply, or a reply without a command.
    case protocolViolation(ProtocolViolation)

    /// The defect of a reply.
    public enum ProtocolViolation: Error, Sendable, Hashable {
        /// A line is longer than the limit.
        case lineTooLong
        /// A reply has more lines than the limit.
        case tooManyLines
        /// A line has no reply code, or another code than the first line.
        case malformed
        /// A reply does not fit its command, or no command was sent.
        case unexpected
    }

    /// The failure, for the log, without addresses and without the peer's text.
    public var description: String {
        switch self {
        case .refused(let reply): "Postfix refused the session with \(reply.code)"
        case .ended: "Postfix ended the session"
        case .protocolViolation(let violation): "Postfix does not speak SMTP: \(violation)"
        }
    }
}
