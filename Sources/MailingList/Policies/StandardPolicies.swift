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
        AutomaticPolicy(),
        StructurePolicy(),
        DecryptablePolicy(),
        EncryptedPolicy(),
        SetupMessagePolicy(),
        StatementPolicy(),
        SignedPolicy(),
        SubscriberPolicy(),
        FromMatchPolicy(),
        SignaturePolicy(),
        FreshnessPolicy(),
        IntendedRecipientPolicy(),
        ReplayPolicy(),
        SpamPolicy(),
        RatePolicy(),
        PermissionPolicy(),
    ]

    /// What becomes of a post.
    ///
    /// The first objection decides, by what owners chose for it. Whether it is then
    /// distributed or held, what is no owner's choice still refuses it, and so does a
    /// replay: no setting and no moderator makes a post of a mail to somebody else.
    public static func ruling(
        on post: OpenedMessage,
        in context: PolicyContext
    ) throws -> Ruling {
        var overlooked: [Refusal] = []
        var decided: (verdict: Verdict, detail: String)?
        for policy in all {
            guard case .refuses(let refusal, let detail) = try policy.judge(post, in: context)
            else { continue }
            let isSettled = decided != nil && refusal != .replay && PostActions.isChoice(refusal)
            let action = context.list.settings.actions[refusal]
            // A rule that nobody has asked for is worth no word in the copies either.
            if action == .ignore, PostActions()[refusal] == .ignore { continue }
            if !isSettled, !context.overlooking.contains(refusal) {
                switch action {
                case .ignore: break
                case .accept: decided = decided ?? (.accept, detail)
                case .hold where decided?.verdict.isHold != true:
                    decided = (.hold(refusal), detail)
                case .hold: break
                case .reject, .discard:
                    return Ruling(
                        verdict: action == .reject ? .refuse(refusal) : .discard(refusal),
                        detail: detail,
                        overlooked: overlooked
                    )
                }
            }
            if !overlooked.contains(refusal) { overlooked.append(refusal) }
        }
        return Ruling(
            verdict: decided?.verdict ?? .accept,
            detail: decided?.detail ?? "every policy passed",
            overlooked: overlooked
        )
    }
}
