public import SMTP

/// What owners decide about the copies of a post: what stands in them besides its words.
///
/// All of it is inside the encryption, but for what mail programs and servers must see.
public struct CopySettings: Sendable, Hashable {
    /// What stands in front of every Subject, inside; empty for nothing.
    public var subjectPrefix = ""
    /// Whether the proven author stands in front of every Subject.
    public var namesAuthorInSubject = true
    /// What becomes of HTML, which could hide what the list says of a post.
    public var htmlParts = HTMLParts.attach
    /// Whose name stands in From.
    public var from = From.author
    /// The domains whose people may stand in From themselves: this host signs for them.
    public var originalDomains: Set<String> = []
    /// Whether copies keep the encrypted message as its author signed it, where that is
    /// possible.
    public var preservesOriginalSignature = false
    /// Whether posts leave encrypted that did not come so.
    public var encryption = Encryption.always
    /// Whether the list signs what it encrypts.
    public var isSigned = true
    /// Where an answer goes that a program writes to all or to the author alone.
    public var replyTo = ReplyTo.none
    /// Which facts about a post its copies tell, besides whose it is.
    public var metadata = Set(MetadataField.allCases)
    /// Where they stand.
    public var metadataForm = MetadataForm.text
    /// Lines below every post, inside; empty for none.
    public var footer = ""
    /// Whether copies keep the author's Message-ID.
    public var keepsMessageID = false
    /// Whether the list's key stands outside, for programs that learn keys by themselves.
    public var includesAutocrypt = true
    /// Whether the fields of RFC 2369 and RFC 2919 stand in copies.
    public var includesListHeaders = true
    /// Whether an author's own signature, where it is a part of the mail, stays behind.
    public var stripsOriginalSignature = false

    /// Whose name stands in From.
    public enum From: String, Sendable, Hashable, CaseIterable {
        /// The author's name beside the list's address, inside, as the signature proves it.
        case author = "author-via-list"
        /// The list's alone.
        case list
        /// The author's own address, outside too, if this host signs for its domain.
        case original
    }

    /// What becomes of HTML, and of other parts that a mail program opens inline.
    public enum HTMLParts: String, Sendable, Hashable, CaseIterable {
        /// It is an attachment beside its plain text.
        case attach
        /// It stays as its author sent it.
        case keep
        /// Its plain text alone is sent.
        case drop
    }

    /// How posts leave.
    public enum Encryption: String, Sendable, Hashable, CaseIterable {
        /// To each reader's key.
        case always
        /// What came in clear in clear, also to people who have no key; what came encrypted
        /// to each reader's key.
        case asReceived = "as-received"
    }

    /// What Reply-To names.
    public enum ReplyTo: String, Sendable, Hashable, CaseIterable {
        /// Nothing: From is the list's.
        case none
        /// The list.
        case list
        /// The author, inside the encryption only.
        case author
    }

    /// A fact about a post.
    public enum MetadataField: String, Sendable, Hashable, CaseIterable {
        /// The date that the author's program wrote.
        case date
        /// Each signature, with its outcome, its key and its time.
        case signature
        /// How it came.
        case encryption
        /// For whom its signature says that it was written.
        case addressed
    }

    /// How the facts are told.
    public enum MetadataForm: String, Sendable, Hashable, CaseIterable {
        /// As a text in front of the post.
        case text
        /// As header fields inside, for programs.
        case header
    }

    /// Characters of ``footer``, and of a line of it.
    public static let maximumFooter = 1000
    /// Characters of ``subjectPrefix``.
    public static let maximumPrefix = 40

    /// The defaults.
    public init() {}

    /// Domains that ``originalDomains`` may have.
    public static let maximumDomains = 20

    /// Whether From names the author with their own address.
    public func isOriginal(_ author: EmailAddress) -> Bool {
        from == .original && originalDomains.contains(author.domain.lowercased())
    }

    /// A Subject with the prefix, once.
    public func subject(_ subject: String) -> String {
        guard !subjectPrefix.isEmpty, !subject.contains(subjectPrefix) else { return subject }
        return subject.isEmpty ? subjectPrefix : "\(subjectPrefix) \(subject)"
    }
}
