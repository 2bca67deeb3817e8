/// The limits of an LMTP server: sizes, numbers and times.
public struct LMTPLimits: Sendable, Hashable {
    /// Octets of a command line with its CRLF.
    ///
    /// The standard requires 512, and more for each extension. Postfix may send an
    /// XFORWARD line with several attributes of 255 octets each, and a recipient of 2048
    /// octets with an ORCPT that is three times as long.
    ///
    /// - SeeAlso: [RFC 5321 §4.5.3.1.4](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.4)
    public var commandLine = 16 << 10
    /// Octets of one message without dot-stuffing, which are kept for the handler.
    ///
    /// A larger message is read to its end, and the handler gets its beginning and its size.
    public var messageSize = 100_000_000
    /// Octets of all messages that are received or processed at the same time.
    ///
    /// Above this limit a message gets `452 4.3.1`, and stays in Postfix's queue.
    public var bufferedOctets = 256 << 20
    /// Connections at the same time; the server replies 421 to others.
    public var connections = 50
    /// Recipients of one message; the server replies `452 4.5.3` to others.
    ///
    /// Postfix sends at most `default_destination_recipient_limit`, which is 50.
    public var recipients = 1000
    /// Invalid commands of one connection, before the server closes it with 421.
    public var badCommands = 20
    /// The time from the end of one command to the end of the next.
    public var commandTimeout: Duration = .seconds(300)
    /// The time from one piece of a message to the next.
    public var dataTimeout: Duration = .seconds(180)
    /// The time from 354 to the final dot.
    public var messageTimeout: Duration = .seconds(1800)
    /// The time for a write to a client that does not read its replies.
    public var writeTimeout: Duration = .seconds(120)
    /// The time that shutdown gives to messages whose final dot has been read.
    public var shutdownGrace: Duration = .seconds(60)

    /// Makes the default limits.
    public init() {}
}
