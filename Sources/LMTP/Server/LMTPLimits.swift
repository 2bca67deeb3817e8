/// What one LMTP server takes of memory, time and patience.
public struct LMTPLimits: Sendable, Hashable {
    /// Octets of a command with its CRLF.
    ///
    /// RFC 5321 §4.5.3.1.4 asks for 512, and more for each extension; Postfix
    /// may write an XFORWARD line of several attributes of 255 octets each.
    public var commandLine = 4096
    /// Octets of one message as stored, announced as SIZE.
    public var messageSize = 50 << 20
    /// Octets of all messages being received or processed, over all connections.
    ///
    /// Above it a message gets `452 4.3.1`, and waits in Postfix's queue.
    public var bufferedOctets = 256 << 20
    /// Connections at once; further ones get 421.
    public var connections = 50
    /// Recipients of one message; further ones get `452 4.5.3`.
    ///
    /// Postfix sends at most `default_destination_recipient_limit`, 50.
    public var recipients = 1000
    /// Commands of one connection that break the protocol, before 421.
    public var badCommands = 20
    /// From the end of one command to the end of the next.
    public var commandTimeout: Duration = .seconds(300)
    /// From one piece of a message to the next.
    public var dataTimeout: Duration = .seconds(180)
    /// From 354 to the final dot.
    public var messageTimeout: Duration = .seconds(1800)
    /// For a client that does not read our replies.
    public var writeTimeout: Duration = .seconds(120)
    /// From shutdown to the end of the last message whose final dot was read.
    public var shutdownGrace: Duration = .seconds(60)

    /// The defaults.
    public init() {}
}
