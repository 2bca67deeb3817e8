import OpenPGP

/// Refuses a post unless all its signatures are good and one is the author's.
///
/// An empty list of signatures is never good: "all of none" has let strangers
/// in elsewhere.
public struct SignaturePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `signature`.
    public var name: String { "signature" }

    /// Every outcome must be good, and at least one by the confirmed key.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        guard let confirmed = post.author?.certificate?.fingerprint, !post.signatures.isEmpty else {
            return .refuses(.unsigned, "there is no signature to judge")
        }
        for (index, signature) in post.signatures.enumerated() where signature.outcome != .good {
            return .refuses(
                Self.refusal(of: signature.outcome),
                "signature \(index + 1) of \(post.signatures.count): \(signature.outcome)"
            )
        }
        return post.signatures.contains { $0.primary == confirmed }
            ? .passes : .refuses(.foreignSignature, "no signature is by the confirmed key")
    }

    private static func refusal(of outcome: SignatureOutcome) -> Refusal {
        switch outcome {
        case .unknownKey: .foreignSignature
        case .expired, .keyExpired: .expiredSignature
        case .keyRevoked: .revokedSignature
        case .good, .bad, .weakHash, .weakKey, .wrongUsage, .unsupported: .invalidSignature
        }
    }
}
