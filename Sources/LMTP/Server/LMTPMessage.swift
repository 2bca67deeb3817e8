public import SMTP

/// One complete message, with its client and its envelope.
public struct LMTPMessage: Sendable, Hashable {
    /// The client that gave the message to Postfix.
    public let client: LMTPClient
    /// The reverse-path, and the recipients that the handler accepted at RCPT.
    public let envelope: Envelope
    /// The message without dot-stuffing; every other octet is unchanged.
    public let bytes: [UInt8]

    /// Makes a message; the values are not checked.
    public init(client: LMTPClient, envelope: Envelope, bytes: [UInt8]) {
        self.client = client
        self.envelope = envelope
        self.bytes = bytes
    }
}
