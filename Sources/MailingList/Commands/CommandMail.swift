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
    public let keys: [[UInt8]]
    /// Copies of the list's own key that came along.
    public let listKeys: [[UInt8]]
    /// Its Message-ID, for what answers it.
    public let messageID: String?
    /// Whether the Subject is covered by the signatures; the text always is.
    public let isSubjectSigned: Bool
    /// Whether the keys are; an Autocrypt field outside never is.
    public let areKeysSigned: Bool
    /// The certificate by which all signatures are good, if there are any, and all are.
    public let signer: Certificate?

    /// Puts them side by side.
    public init(
        from: EmailAddress?,
        subject: String,
        text: String,
        keys: [[UInt8]],
        listKeys: [[UInt8]] = [],
        messageID: String?,
        isSubjectSigned: Bool,
        areKeysSigned: Bool,
        signer: Certificate?
    ) {
        self.from = from
        self.subject = subject
        self.text = text
        self.keys = keys
        self.listKeys = listKeys
        self.messageID = messageID
        self.isSubjectSigned = isSubjectSigned
        self.areKeysSigned = areKeysSigned
        self.signer = signer
    }
}
