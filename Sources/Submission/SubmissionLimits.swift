/// How long a ``SubmissionSession`` waits, and how much it reads.
///
/// - SeeAlso: [RFC 5321 §4.5.3.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2)
public struct SubmissionLimits: Sendable, Hashable {
    /// The time to open the connection.
    public var connectTimeout: Duration = .seconds(30)
    /// The time for the greeting, and for the reply to a command.
    public var replyTimeout: Duration = .seconds(300)
    /// The time for the reply to the final dot: Postfix runs milters and syncs its disk.
    public var finalTimeout: Duration = .seconds(600)
    /// The time for the reply to QUIT, on which nothing depends.
    public var quitTimeout: Duration = .seconds(5)
    /// Octets of one line of a reply; RFC 5321 §4.5.3.1.5 allows 512.
    public var replyLine = 2048
    /// Lines of one reply.
    public var replyLines = 100

    /// Makes the default limits.
    public init() {}
}
