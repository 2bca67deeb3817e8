public import Foundation
public import OpenPGP
public import SMTP

/// What was found when a message was opened: facts, no opinion.
///
/// Nothing here says whether the message is good; the policies do. Where a
/// fact was not looked for, because an earlier one had settled the matter, it
/// has the value that makes every policy refuse.
public struct OpenedMessage: Sendable {
    /// How far the encryption came off.
    public enum Encryption: Sendable, Hashable {
        /// There was none, or none at the top level, which is the same.
        case none
        /// The list's key opened it and every structural check passed.
        case opened
        /// It did not come off; the text is for the log.
        case failed(String)
    }

    /// A message, or what was inside it, that has not one meaning.
    public enum Fault: Sendable, Hashable {
        /// Visible without opening it; the text is for the log.
        case outside(String)
        /// Found after decryption; the text is for the log.
        case inside(String)
    }

    /// Octets, as received.
    public var size: Int
    /// The addresses in From outside, empty if it cannot be read.
    public var from: [EmailAddress] = []
    /// Whether its text is an OpenPGP message, as it was done before PGP/MIME.
    public var isInline = false
    /// Date inside the signature, if the author's program protects it.
    public var dated: Date?
    /// The lists it has passed: every X-Loop, outside and inside.
    public var loops: [String] = []
    /// The identifier in List-Id, of whatever list.
    public var listID: String?
    /// Whether a program wrote it, or it came through a list (RFC 3834 §2).
    public var isAutomatic = false
    /// Whether a program wrote it as an answer: a vacation notice, a bounce.
    public var isAutomaticReply = false
    /// What a filter of the host has said against it, for the log.
    public var spamVerdict: String?
    /// Certificates by one of which its signatures must be good.
    public var certificates: [Certificate] = []
    /// The one of them by which all signatures were good.
    public var verifier: Certificate?
    /// Whether Subject stands inside the signature.
    public var isSubjectSigned = false
    /// Whether a text in it reads like a list's statement, which a list must not sign.
    public var hasStatement = false
    /// The key in an Autocrypt field outside that is From's, if there is one.
    public var autocryptKey: [UInt8]?
    /// Whether it is, or has inside, an Autocrypt Setup Message: a secret key.
    public var isSetupMessage = false
    /// Why its structure was not followed further.
    public var fault: Fault?
    /// How far the encryption came off.
    public var encryption = Encryption.none
    /// The subscriber whose address stands in From, if there is exactly one.
    public var author: Subscriber?
    /// Every signature, with what the engine said of it.
    public var signatures: [SignatureFacts] = []
    /// From inside the signature, if the author's program protects it.
    public var protectedFrom: [EmailAddress]?
    /// To and Cc inside the signature, if the author's program protects them.
    public var protectedRecipients: [EmailAddress]?
    /// Whether there is a To or Cc among them that says who, and cannot be read.
    public var hasUnreadableRecipients = false
    /// For whose keys each signature that says so was made.
    public var intendedRecipients: [Set<Fingerprint>] = []
    /// What was encrypted, if it came off and no signature is in it that can be claimed.
    public var ciphertext: [UInt8]?
    /// Keys against replay, one for each good signature.
    public var claims: [SignatureClaim] = []
    /// The media types of the parts, outside and then inside, for `explain`.
    public var structure: [String] = []
    /// The layers that came off, outermost first, for `explain`.
    public var layers: [String] = []
    /// What the signatures cover, in words, for `explain`.
    public var signedExtent: String?
    /// What the author wrote, released only if everything came off.
    public var content: AuthoredContent?
    /// The message as she has encrypted it, for the list's key alone, if one signature covers
    /// all that is inside and everything in it was looked at.
    public var original: [UInt8]?
    /// Whether the keys of others stand inside, which go to nobody (Autocrypt gossip).
    public var hasGossip = false

    /// Whether a signature says for whom this was written: its program protects To
    /// or Cc, or the signature names keys.
    public var namesRecipients: Bool {
        !(protectedRecipients ?? []).isEmpty || !intendedRecipients.isEmpty
    }

    /// Starts with a size and nothing found.
    public init(size: Int) {
        self.size = size
    }
}

/// What the author wrote: a MIME entity and the header fields worth keeping.
public struct AuthoredContent: Sendable {
    /// The entity: its `Content-*` fields, an empty line, its body.
    public var entity: [UInt8]
    /// The entity without the author's own signature, where that is a part of it.
    public var bareEntity: [UInt8]?
    /// Subject, protected if it was, decoded.
    public var subject: String
    /// The display name in a protected From, decoded, if there is one.
    public var authorName: String?
    /// Date, as the author's program wrote it.
    public var date: String?
    /// The author's Message-ID, which never leaves as it is.
    public var messageID: String?
    /// In-Reply-To and References, oldest first.
    public var references: [String]

    /// Puts them side by side.
    public init(
        entity: [UInt8],
        bareEntity: [UInt8]? = nil,
        subject: String,
        authorName: String?,
        date: String?,
        messageID: String?,
        references: [String]
    ) {
        self.entity = entity
        self.bareEntity = bareEntity
        self.subject = subject
        self.authorName = authorName
        self.date = date
        self.messageID = messageID
        self.references = references
    }
}
