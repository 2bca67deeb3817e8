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
        RightPolicy(),
    ]

    /// The first objection that the list does not overlook, and what it does about it.
    public static func ruling(
        on post: OpenedMessage,
        in context: PolicyContext
    ) throws -> Ruling {
        var overlooked: [Refusal] = []
        var isAccepted = false
        for policy in all {
            guard case .refuses(let refusal, let detail) = try policy.judge(post, in: context)
            else { continue }
            func ruling(_ verdict: Verdict) -> Ruling {
                Ruling(verdict: verdict, detail: detail, overlooked: overlooked)
            }
            // A moderator has seen it; or the list takes what is as little proven. What is
            // no owner's choice, and a replay, still counts.
            if context.overlooking.contains(refusal)
                || isAccepted && refusal != .replay && PostActions.isChoice(refusal)
            {
                overlooked.append(refusal)
                continue
            }
            switch context.list.settings.actions[refusal] {
            case .defer_: overlooked.append(refusal)
            case .accept:
                overlooked.append(refusal)
                isAccepted = true
            case .hold: return ruling(.hold(refusal))
            case .reject: return ruling(.refuse(refusal))
            case .discard: return ruling(.discard(refusal))
            }
        }
        return Ruling(verdict: .accept, detail: "every policy passed", overlooked: overlooked)
    }
}
