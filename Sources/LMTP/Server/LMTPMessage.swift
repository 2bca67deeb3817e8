public import SMTP

/// One complete message, with its client and its envelope.
public struct LMTPMessage: Sendable, Hashable {
    /// The client that gave the message to Postfix.
    public let client: LMTPClient
    /// The reverse-path, and the recipients that the handler accepted at RCPT.
    public let envelope: Envelope
    /// The message without dot-stuffing; every other octet is unchanged.
    ///
    /// Of a message that is larger than ``LMTPLimits/messageSize`` it is the beginning.
    public let bytes: [UInt8]
    /// The octets of the whole message.
    public let size: Int

    /// Makes a message; the values are not checked.
    public init(client: LMTPClient, envelope: Envelope, bytes: [UInt8], size: Int) {
        self.client = client
        self.envelope = envelope
        self.bytes = bytes
        self.size = size
    }
}
