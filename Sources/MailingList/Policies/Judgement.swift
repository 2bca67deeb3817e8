public import SMTP

/// What becomes of a message.
public enum Verdict: Sendable, Hashable {
    /// The list distributes it, or carries it out.
    case accept
    /// It waits for a moderator.
    case hold(Refusal)
    /// It is refused, and the peer is told so.
    case refuse(Refusal)
    /// The peer gets 250, and the list drops it.
    case discard(Refusal)

    var isHold: Bool {
        if case .hold = self { true } else { false }
    }

    /// Whether the peer is told that it is refused.
    package var isRefusal: Bool {
        if case .refuse = self { true } else { false }
    }

    /// The word for it in `listseal explain`.
    public var word: String {
        switch self {
        case .accept: "accept"
        case .hold: "hold"
        case .refuse: "refuse"
        case .discard: "discard"
        }
    }
}

/// What the policies decide about one message, with the reasons.
public struct Judgement: Sendable {
    /// What becomes of it.
    public let verdict: Verdict
    /// Why, for the log and the administrator alone.
    public let detail: String
    /// The objections that do not count, by the list's settings or a moderator's decision.
    ///
    /// Copies name them. Of a held post they are all that a moderator decides about.
    public let overlooked: [Refusal]
    /// Who is proven to have written it.
    public let proof: AuthorProof
    /// Digests of the signed content, to be stored against replay.
    public let claims: [SignatureClaim]

    /// Judges a message by the policies for its purpose, in order.
    ///
    /// The first objection decides, by what owners chose for it. Whether the post is then
    /// distributed or held, an objection that is no owner's choice still refuses it, and so
    /// does a replay: no setting and no moderator makes a post of a mail to somebody else.
    /// - Throws: what a policy throws, which is a failure of ours: the peer gets 451.
    public init(
        of message: OpenedMessage,
        as purpose: MessagePurpose,
        in context: PolicyContext
    ) throws {
        var overlooked: [Refusal] = []
        var decided: (verdict: Verdict, detail: String)?
        for policy in purpose.policies {
            guard case .refuses(let refusal, let detail) = try policy.judge(message, in: context)
            else { continue }
            let isSettled = decided != nil && refusal != .replay && PostActions.isChoice(refusal)
            let action = purpose.action(on: refusal, by: context.list.settings)
            // Copies do not mention a rule that nobody has asked for.
            if action == .ignore, PostActions()[refusal] == .ignore { continue }
            if !isSettled, !context.overlooking.contains(refusal) {
                switch action {
                case .ignore: break
                case .accept: decided = decided ?? (.accept, detail)
                case .hold where decided?.verdict.isHold != true:
                    decided = (.hold(refusal), detail)
                case .hold: break
                case .reject, .discard:
                    self.init(
                        action == .reject ? .refuse(refusal) : .discard(refusal),
                        detail,
                        overlooked,
                        message,
                        context
                    )
                    return
                }
            }
            if !overlooked.contains(refusal) { overlooked.append(refusal) }
        }
        self.init(
            decided?.verdict ?? .accept,
            decided?.detail ?? "every policy passed",
            overlooked,
            message,
            context
        )
    }

    private init(
        _ verdict: Verdict,
        _ detail: String,
        _ overlooked: [Refusal],
        _ message: OpenedMessage,
        _ context: PolicyContext
    ) {
        self.verdict = verdict
        self.detail = detail
        self.overlooked = overlooked
        proof = context.proof
        claims = message.signatures.claims
    }

    /// The author's address, if a signature proves it: a refusal may be told there.
    public var provenAddress: EmailAddress? { proof.author?.address }

    /// Whether the author's rights count for this message: a signature proves who wrote it,
    /// lately and for the first time.
    ///
    /// A replay must not use up an author's posts of a day, nor order anything.
    public var isAuthorsOwn: Bool {
        proof.isProven && !overlooked.contains { $0 == .replay || $0 == .staleSignature }
    }
}
