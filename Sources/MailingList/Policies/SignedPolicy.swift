/// Refuses what nobody signed.
public struct SignedPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `signed`.
    public var name: String { "signed" }

    /// At least one signature, of whatever worth.
    ///
    /// Where From is nobody's, no signature is looked at: it must not take
    /// longer to refuse a stranger's, and the next rule refuses anyway.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        post.signatures.all.isEmpty && post.outside.author?.certificate != nil
            ? .refuses(.unsigned, "there is no signature over all of it") : .passes
    }
}
