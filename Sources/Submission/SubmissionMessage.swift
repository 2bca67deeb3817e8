public import NIOCore
public import SMTP

/// One message for one recipient, to be submitted to Postfix.
public struct SubmissionMessage: Sendable, Hashable {
    /// Identifies the message among the outcomes.
    public let id: Int64
    /// The address that bounces of this message go to.
    public let reversePath: ReversePath
    /// The recipient.
    public let recipient: EmailAddress
    /// The ENVID, which a bounce repeats as Original-Envelope-Id.
    ///
    /// It must be printable ASCII and at most 100 characters when encoded; an invalid one
    /// is not sent.
    ///
    /// - SeeAlso: [RFC 3461 §4.4](https://www.rfc-editor.org/rfc/rfc3461#section-4.4)
    public let envelopeID: String
    /// The message, 7-bit with CRLF, in pieces that several messages may share.
    public let parts: [ByteBuffer]

    /// Makes a message; the values are not checked.
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

    // RFC 6531 §3.4: addresses that are not ASCII need SMTPUTF8. The message is ASCII.
    var needsInternational: Bool {
        !recipient.isASCII || reversePath.address?.isASCII == false
    }
}
