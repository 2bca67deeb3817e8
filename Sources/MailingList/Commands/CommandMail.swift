public import OpenPGP
public import SMTP

/// A mail with commands, as far as commands need it: facts, no opinion.
public struct CommandMail: Sendable {
    /// The one address in From; nil if there is not exactly one.
    public let from: EmailAddress?
    /// Its Subject, protected if it was, decoded.
    public let subject: String
    /// The first text in it, decoded.
    public let text: String
    /// What came as a public key: attachments, an armor block in the text, or, with
    /// nothing else, an Autocrypt field.
    public var keys: [[UInt8]] = []
    /// Copies of the list's own key that came along.
    public var listKeys: [[UInt8]] = []
    /// The Message-ID, to which an answer refers.
    public let messageID: String?
    /// Whether the Subject is covered by the signatures; the text always is.
    public var isSubjectSigned = false
    /// Whether the keys are; an Autocrypt field outside never is.
    public var areKeysSigned = false
    /// The certificate by which all signatures are good, if there are any, and all are.
    public var signer: Certificate?

    /// Makes a mail without keys that nobody signed.
    public init(
        from: EmailAddress?,
        subject: String,
        text: String,
        messageID: String?
    ) {
        self.from = from
        self.subject = subject
        self.text = text
        self.messageID = messageID
    }
}
