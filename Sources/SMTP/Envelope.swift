/// The reverse-path and the recipients of one message, as a client gave them.
///
/// - SeeAlso: [RFC 5321 §2.3.1](https://www.rfc-editor.org/rfc/rfc5321#section-2.3.1)
public struct Envelope: Sendable, Hashable {
    /// One recipient, as the client wrote it and as the MTA resolved it.
    public struct Recipient: Sendable, Hashable {
        /// The argument of RCPT TO as written; the MTA finds the recipient by this text.
        public let argument: String
        /// The address that the MTA resolved it to; nil if ``EmailAddress`` cannot parse it.
        public let address: EmailAddress?

        /// Makes a recipient; neither value is checked.
        public init(argument: String, address: EmailAddress?) {
            self.argument = argument
            self.address = address
        }
    }

    /// The address that bounces go to.
    public var reversePath: ReversePath
    /// The recipients, in the order of their RCPT commands.
    public var recipients: [Recipient]

    /// Makes an envelope, which may have no recipients yet.
    public init(reversePath: ReversePath, recipients: [Recipient] = []) {
        self.reversePath = reversePath
        self.recipients = recipients
    }
}
