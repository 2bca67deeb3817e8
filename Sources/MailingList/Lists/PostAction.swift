/// The action of a list for a post to which a rule objects.
public enum PostAction: String, Sendable, Hashable, CaseIterable {
    /// Distributes the post, whatever else is not proven; the copies name the objections.
    case accept
    /// Keeps the post until a moderator decides.
    case hold
    /// Refuses the post in the SMTP dialogue.
    case reject
    /// Accepts the post and drops it; nobody is told.
    case discard
    /// The rule does not count, and the next rule decides.
    case ignore

    /// The action that a setting names; "defer" is the name of ``ignore`` in earlier releases.
    public init?(named name: String) {
        self.init(rawValue: name == "defer" ? PostAction.ignore.rawValue : name)
    }
}

/// The actions that owners chose, by refusal.
public struct PostActions: Sendable, Hashable {
    /// A setting that chooses the action for one refusal.
    public struct Choice: Sendable {
        /// The name that owners type.
        public let name: String
        /// The refusal for which it chooses the action.
        public let refusal: Refusal
        /// The actions that owners can choose.
        public let allowed: [PostAction]
        /// The sentence about it in the manual and in `listseal list show`.
        public let summary: String
        /// Advice when to change it, for the manual.
        public let advice: String
        /// A value other than the default.
        public let example: PostAction
    }

    /// Every choice; a refusal without a choice rejects the post or holds it.
    public static let choices: [Choice] = [
        Choice(
            "nonencrypted_msg_action",
            .notEncrypted,
            "is not encrypted",
            advice: "Set it to hold if people without a key ask the list for help."
        ),
        Choice(
            "inline_pgp_action",
            .inline,
            "is inline PGP: an armor block as the text of the mail",
            example: "ignore",
            advice:
                "Set it to ignore if people use programs without PGP/MIME. The list then accepts inline PGP as it accepts PGP/MIME, and anybody who has a text that was signed for another purpose can post it."
        ),
        // Accept and ignore are missing: the list has no text that it could distribute.
        Choice(
            "undecryptable_action",
            .notDecryptable,
            "the list's key does not open",
            allowed: [.hold, .reject, .discard],
            advice:
                "Set it to hold while people still use an old key of the list. It cannot be accept or ignore, because nothing could be distributed."
        ),
        Choice(
            "unsigned_msg_action",
            .unsigned,
            "nobody signed",
            advice: "Set it to hold if people write anonymously, and a moderator decides."
        ),
        Choice(
            "nonmember_action",
            .notSubscribed,
            "is by a person who may not post",
            advice: "Set it to hold if people who are not subscribed may write to the list."
        ),
        Choice(
            "unknown_key_action",
            .foreignSignature,
            "is signed by another key than the author's confirmed key",
            advice: "Set it to hold while many subscribers change their keys."
        ),
        Choice(
            "invalid_sig_action",
            .invalidSignature,
            "has a bad or weak signature",
            advice: "Set it to hold to see how a mail server on the way changes posts."
        ),
        Choice(
            "expired_sig_action",
            .expiredSignature,
            "has an expired signature, or one by an expired key",
            advice: "Set it to hold if posts should not be lost when a key expires."
        ),
        Choice(
            "revoked_sig_action",
            .revokedSignature,
            "is signed by a revoked key",
            advice: "Set it to discard if somebody posts with a stolen key."
        ),
        Choice(
            "stale_sig_action",
            .staleSignature,
            "has a signature that is too old, or dated in the future",
            advice: "Set it to hold if people send mail weeks after they wrote it."
        ),
        Choice(
            "duplicate_sig_action",
            .replay,
            "was posted before",
            advice: "Set it to discard if the same mail arrives twice."
        ),
        Choice(
            "spam_action",
            .spam,
            "a filter of this host marks as spam, or as failing DMARC",
            advice:
                "Set it to reject if the filter is reliable. Spam to the owners is then refused or dropped too."
        ),
        Choice(
            "rate_action",
            .tooOften,
            "exceeds max_daily_posts of its author",
            example: "reject",
            allowed: [.hold, .reject, .discard],
            advice: "Set it to reject if no moderator has time to look at them."
        ),
    ]

    /// Whether owners can choose the action for a refusal.
    public static func isChoice(_ refusal: Refusal) -> Bool {
        choices.contains { $0.refusal == refusal }
    }

    private var chosen: [Refusal: PostAction] = [:]

    /// The defaults: rejects posts, ignores spam filters, and holds moderated and too frequent posts.
    public init() {}

    /// The action for a refusal.
    public subscript(refusal: Refusal) -> PostAction {
        get { chosen[refusal] ?? Self.standard(refusal) }
        set { chosen[refusal] = newValue == Self.standard(refusal) ? nil : newValue }
    }

    private static func standard(_ refusal: Refusal) -> PostAction {
        switch refusal {
        case .moderated, .emergency, .tooOften: .hold
        case .spam: .ignore
        default: .reject
        }
    }
}

extension PostActions.Choice {
    init(
        _ name: String,
        _ refusal: Refusal,
        _ what: String,
        example: String = "hold",
        allowed: [PostAction] = PostAction.allCases,
        advice: String
    ) {
        self.name = name
        self.refusal = refusal
        self.allowed = allowed
        self.advice = advice
        self.example = PostAction(rawValue: example) ?? .hold
        summary = "The action for a post that \(what)."
    }

    var setting: SettingDescription {
        let (refusal, allowed) = (refusal, allowed)
        return SettingDescription(
            name: name,
            type: .choice(allowed.map(\.rawValue)),
            summary: summary,
            example: example.rawValue,
            advice: advice,
            value: { $0.actions[refusal].rawValue },
            set: { settings, text in
                guard let action = PostAction(named: text), allowed.contains(action) else {
                    return false
                }
                settings.actions[refusal] = action
                return true
            }
        )
    }
}
