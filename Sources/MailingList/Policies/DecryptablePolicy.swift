/// Refuses ciphertext that the list's key does not open whole.
public struct DecryptablePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `decryptable`.
    public var name: String { "decryptable" }

    /// Passes cleartext: another rule speaks of that.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        switch post.encryption.result {
        case .failed(let detail): .refuses(.notDecryptable, detail)
        case .none, .opened: .passes
        }
    }
}
