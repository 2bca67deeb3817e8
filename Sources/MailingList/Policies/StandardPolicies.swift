/// The rules for a post, in the order in which they are asked.
///
/// What costs nothing and tells nothing comes first: a stranger who floods the
/// list learns no more than its size limit.
public enum StandardPolicies {
    /// Every rule.
    ///
    /// The order is the documentation.
    public static let all: [any PostingPolicy] = [
        LoopPolicy(),
        SizePolicy(),
        StructurePolicy(),
        DecryptablePolicy(),
        EncryptedPolicy(),
        SetupMessagePolicy(),
        StatementPolicy(),
        SignedPolicy(),
        SubscriberPolicy(),
        AuthorPolicy(),
        SignaturePolicy(),
        FreshnessPolicy(),
        RecipientPolicy(),
        ReplayPolicy(),
    ]

    /// The first refusal, or acceptance.
    public static func verdict(
        on post: OpenedMessage,
        in context: PolicyContext
    ) throws -> (verdict: Verdict, detail: String) {
        for policy in all {
            switch try policy.judge(post, in: context) {
            case .passes: continue
            case .refuses(let refusal, let detail): return (.refuse(refusal), detail)
            }
        }
        return (.accept, "every policy passed")
    }
}
