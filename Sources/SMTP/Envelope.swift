/// The reverse-path and the recipients of one message, as a client gave them.
///
/// - SeeAlso: [RFC 5321 §2.3.1](https://www.rfc-editor.org/rfc/rfc5321#section-2.3.1)
public struct Envelope: Sendable, Hashable {
    /// One recipient.
    public struct Recipient: Sendable, Hashable {
        /// The argument of RCPT TO, as written: what the MTA compares with.
        public let argument: String
        /// The address that the MTA resolved it to.
        public let address: EmailAddress

        /// Puts the two side by side.
        public init(argument: String, address: EmailAddress) {
            self.argument = argument
            self.address = address
        }
    }

    /// Where bounces go.
    public var reversePath: ReversePath
    /// Who shall get it.
    public var recipients: [Recipient]

    /// Makes an envelope.
    public init(reversePath: ReversePath, recipients: [Recipient] = []) {
        self.reversePath = reversePath
        self.recipients = recipients
    }
}
