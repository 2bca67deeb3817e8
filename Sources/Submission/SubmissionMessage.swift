public import NIOCore
public import SMTP

/// One message for one recipient, on its way back into Postfix.
public struct SubmissionMessage: Sendable, Hashable {
    /// Names it among the outcomes.
    public let id: Int64
    /// Where its bounces go.
    public let reversePath: ReversePath
    /// Who shall get it.
    public let recipient: EmailAddress
    /// Comes back in a bounce as Original-Envelope-Id.
    ///
    /// RFC 3461 §4.4 allows printable ASCII, and 100 characters encoded; one
    /// that is anything else is not sent.
    public let envelopeID: String
    /// The message, CRLF, 7-bit, in pieces that many messages may share.
    public let parts: [ByteBuffer]

    /// Puts them side by side.
    public init(
        id: Int64,
        reversePath: ReversePath,
        recipient: EmailAddress,
        envelopeID: String,
        parts: [ByteBuffer]
    ) {
        self.id = id
        self.reversePath = reversePath
        self.recipient = recipient
        self.envelopeID = envelopeID
        self.parts = parts
    }

    /// Octets of the message before dot-stuffing.
    var size: Int { parts.reduce(0) { $0 + $1.readableBytes } }

    // RFC 6531 §3.4: needed for the addresses; the message itself is ASCII.
    var needsInternational: Bool {
        !recipient.isASCII || reversePath.address?.isASCII == false
    }
}
