/// What a list does with a post against which a rule has something.
public enum PostAction: String, Sendable, Hashable, CaseIterable {
    /// It is distributed, whatever else is not proven of it, and the copies say what spoke
    /// against it.
    case accept
    /// It waits for a moderator.
    case hold
    /// The author is told no.
    case reject
    /// It is taken and dropped, and nobody is told.
    case discard
    /// The rule does not count; the next one is asked.
    case ignore

    /// The action that a setting names; "defer" is the name of ``ignore`` in earlier releases.
    public init?(named name: String) {
        self.init(rawValue: name == "defer" ? PostAction.ignore.rawValue : name)
    }
}

/// Which action follows from which refusal, where owners can choose.
public struct PostActions: Sendable, Hashable {
    /// A choice as it is named and explained.
    public struct Choice: Sendable {
        /// What owners type.
        public let name: String
        /// The refusal that it is about.
        public let refusal: Refusal
        /// What can be chosen.
        public let allowed: [PostAction]
        /// When it acts.
        public let summary: String
        /// When to change it.
        public let advice: String
        /// A value other than the default.
        public let example: PostAction
    }

    /// Every choice; nothing that is not here is ever anything but refused or held.
    public static let choices: [Choice] = [
        Choice(
            "nonencrypted_msg_action",
            .notEncrypted,
            "is not encrypted",
            advice: "hold, where outsiders ask for help who have no key yet."
        ),
        Choice(
            "inline_pgp_action",
            .inline,
            "is one armor block as the text of a mail",
            example: "ignore",
            advice:
                "ignore, when people have programs from before PGP/MIME: it is then taken like PGP/MIME, and a text that was signed for another purpose can be posted by whoever has it."
        ),
        // There is nothing that could be distributed.
        Choice(
            "undecryptable_action",
            .notDecryptable,
            "the list's key does not open",
            allowed: [.hold, .reject, .discard],
            advice:
                "hold, while people still have an old key of the list. It cannot be accept or ignore: there is nothing that could be distributed."
        ),
        Choice(
            "unsigned_msg_action",
            .unsigned,
            "nobody signed",
            advice: "hold, where people write without a name; then a moderator decides."
        ),
        Choice(
            "nonmember_action",
            .notSubscribed,
            "is by nobody who may post",
            advice: "hold, where outsiders may write in."
        ),
        Choice(
            "unknown_key_action",
            .foreignSignature,
            "is signed by another key than the author's",
            advice: "hold, while many change their keys."
        ),
        Choice(
            "invalid_sig_action",
            .invalidSignature,
            "has a signature that is bad or weak",
            advice: "hold, to see what a gateway on the way does to mails."
        ),
        Choice(
            "expired_sig_action",
            .expiredSignature,
            "has a signature that has expired, or its key",
            advice: "hold, so that nobody's words are lost for a date."
        ),
        Choice(
            "revoked_sig_action",
            .revokedSignature,
            "is signed by a key that was revoked",
            advice: "discard, if a stolen key is used to write."
        ),
        Choice(
            "stale_sig_action",
            .staleSignature,
            "has a signature that is too old, or not yet made",
            advice: "hold, where people send weeks after they wrote."
        ),
        Choice(
            "duplicate_sig_action",
            .replay,
            "has been here before",
            advice: "discard, where mail comes twice by several ways."
        ),
        Choice(
            "spam_action",
            .spam,
            "a filter of this host has marked as spam, or as failing DMARC",
            advice:
                "reject, where such a filter is right; mail to the owners is refused or dropped too."
        ),
        Choice(
            "rate_action",
            .tooOften,
            "is more than max_daily_posts of one author",
            example: "reject",
            allowed: [.hold, .reject, .discard],
            advice: "reject, where nobody has time to look at them."
        ),
    ]

    /// Whether owners choose what follows from a refusal.
    public static func isChoice(_ refusal: Refusal) -> Bool {
        choices.contains { $0.refusal == refusal }
    }

    private var chosen: [Refusal: PostAction] = [:]

    /// Refuses everything, and holds what moderators asked for.
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
        summary = "What becomes of a post that \(what)."
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
