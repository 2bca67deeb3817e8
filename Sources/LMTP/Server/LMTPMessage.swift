public import SMTP

/// One message that was received whole.
public struct LMTPMessage: Sendable, Hashable {
    /// Where Postfix got it from.
    public let client: LMTPClient
    /// Its reverse-path, and the recipients that were accepted at RCPT.
    public let envelope: Envelope
    /// The message as it was before dot-stuffing, every other octet untouched.
    public let bytes: [UInt8]

    /// Puts them side by side.
    public init(client: LMTPClient, envelope: Envelope, bytes: [UInt8]) {
        self.client = client
        self.envelope = envelope
        self.bytes = bytes
    }
}
