public import Foundation
public import OpenPGP
public import SMTP

/// The facts about one message for one list, as opening it found them.
///
/// Nothing here says whether the message is good; the policies do. A fact that was not
/// looked for, because an earlier fact had settled the matter, has the value that makes
/// every policy refuse.
public struct OpenedMessage: Sendable {
    /// What everybody on the way could read and change.
    public var outside: Outside
    /// How the message is built.
    public var structure = Structure()
    /// How far decryption came.
    public var encryption = Encryption()
    /// The signatures, and the certificates that they were checked with.
    public var signatures = Signatures()
    /// The header fields that a signature covers.
    public var protected = ProtectedFields()
    /// What the author wrote; nil unless every structural check passed.
    public var content: AuthoredContent?

    /// Whether a signature says for whom the message was written: the author's program
    /// protects To or Cc, or the signature names keys.
    public var namesRecipients: Bool {
        !(protected.recipients ?? []).isEmpty || !signatures.intendedRecipients.isEmpty
    }

    /// Starts with a size in octets, as received, and nothing found.
    public init(size: Int) {
        outside = Outside(size: size)
    }
}

extension OpenedMessage {
    /// What everybody on the way could read and change.
    public struct Outside: Sendable {
        /// Octets, as received.
        public var size: Int
        /// The addresses in From, empty if From cannot be read.
        public var from: [EmailAddress] = []
        /// The subscriber whose address stands in From, if From names exactly one address.
        ///
        /// Nothing proves that they wrote the message; ``AuthorProof`` says that.
        public var author: Subscriber?
        /// The lists that the message has passed: every X-Loop field, outside and inside.
        public var loops: [String] = []
        /// The identifier in List-Id, of whatever list.
        ///
        /// - SeeAlso: [RFC 2919 §3](https://www.rfc-editor.org/rfc/rfc2919#section-3)
        public var listID: String?
        /// Whether the reverse-path is null, as that of a bounce is.
        public var hasNullReversePath = false
        /// Whether a program wrote it, or it came through a list.
        ///
        /// - SeeAlso: [RFC 3834 §2](https://www.rfc-editor.org/rfc/rfc3834#section-2)
        public var isAutomatic = false
        /// Whether a program wrote it as an answer: a vacation notice, a bounce.
        public var isAutomaticReply = false
        /// The objection of a filter of this host, for the log.
        public var spamVerdict: String?
        /// The key in an Autocrypt field that belongs to the address in From.
        public var autocryptKey: [UInt8]?
    }

    /// How the message is built.
    public struct Structure: Sendable {
        /// A message, or its decrypted content, that different programs read differently.
        public enum Fault: Sendable, Hashable {
            /// Visible without opening the message; the text is for the log.
            case outside(String)
            /// Found after decryption; the text is for the log.
            case inside(String)
        }

        /// The media types of the parts, outside and then inside, for `explain`.
        public var outline: [String] = []
        /// The layers of encryption and signature that were removed, outermost first, for
        /// `explain`.
        public var layers: [String] = []
        /// Why the structure was not followed further.
        public var fault: Fault?
        /// Whether the text is an OpenPGP message, as programs wrote it before PGP/MIME.
        public var isInline = false
        /// Whether it is, or contains, an Autocrypt Setup Message: a secret key.
        public var isSetupMessage = false
        /// Whether a text in it reads like a list's statement, which a list must not sign.
        public var hasStatement = false
        /// Whether it contains the keys of other people (Autocrypt gossip), which no copy
        /// may carry.
        public var hasGossip = false
    }

    /// How far decryption came.
    public struct Encryption: Sendable {
        /// The result.
        public enum Result: Sendable, Hashable {
            /// There was no encryption at the top level.
            case none
            /// The list's key opened it, and every structural check passed.
            case opened
            /// It did not open; the text is for the log.
            case failed(String)
        }

        /// The result.
        public var result = Result.none
        /// The encrypted octets, if they opened and contain no signature that can be claimed.
        public var ciphertext: [UInt8]?
        /// The message as its author encrypted it, for the list's key alone, if one signature
        /// covers all that is inside and everything in it was checked.
        public var original: [UInt8]?
    }

    /// The signatures, and the certificates that they were checked with.
    public struct Signatures: Sendable {
        /// Every signature, with the result of the engine.
        public var all: [SignatureFacts] = []
        /// The certificates by one of which all signatures must be good.
        public var certificates: [Certificate] = []
        /// The certificate by which all signatures were good.
        public var verifier: Certificate?
        /// For each signature that names keys of recipients: those keys.
        ///
        /// - SeeAlso: [RFC 9580 §5.2.3.36](https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3.36)
        public var intendedRecipients: [Set<Fingerprint>] = []
        /// Digests against replay, one for each good signature.
        public var claims: [SignatureClaim] = []
        /// The content that the signatures cover, in words, for `explain`.
        public var extent: String?
    }

    /// The header fields that a signature covers.
    ///
    /// - SeeAlso: [RFC 9788 §4](https://www.rfc-editor.org/rfc/rfc9788#section-4)
    public struct ProtectedFields: Sendable {
        /// From, if the author's program protects it.
        public var from: [EmailAddress]?
        /// To and Cc, if the author's program protects them.
        public var recipients: [EmailAddress]?
        /// Whether a protected To or Cc cannot be read.
        public var hasUnreadableRecipients = false
        /// Date, if the author's program protects it.
        public var date: Date?
        /// Whether Subject is covered.
        public var coversSubject = false
    }
}

/// The text of the author: a MIME entity, and the header fields worth keeping.
public struct AuthoredContent: Sendable {
    /// The entity: its `Content-*` fields, an empty line, its body.
    public var entity: [UInt8]
    /// The entity without the author's own signature, where that is a part of it.
    public var bareEntity: [UInt8]?
    /// Subject, the protected one if there is one, decoded.
    public var subject: String
    /// The display name in a protected From, decoded, if there is one.
    public var authorName: String?
    /// Date, as the author's program wrote it.
    public var date: String?
    /// The author's Message-ID, which never leaves the list unchanged.
    public var messageID: String?
    /// In-Reply-To and References, oldest first.
    public var references: [String]

    /// Makes the content of a copy from these values.
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
