/// Refuses cleartext: an encrypted list distributes nothing that others read.
public struct EncryptedPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `encrypted`.
    public var name: String { "encrypted" }

    /// Only the encryption at the top level counts.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        switch post.encryption.result {
        case .none where post.structure.isInline, .opened where post.structure.isInline,
            .failed where post.structure.isInline:
            .refuses(.inline, "it is inline PGP; inline_pgp_action says what becomes of that")
        case .none: .refuses(.notEncrypted, "it is not PGP/MIME encrypted at the top level")
        case .opened, .failed: .passes
        }
    }
}
