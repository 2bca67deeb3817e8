/// How a setting is named, explained, read and printed: one row each.
public struct SettingDescription: Sendable {
    /// What owners type.
    public let name: String
    /// What kind of value it has.
    public let type: SettingType
    /// One sentence.
    public let summary: String
    /// A value other than the default.
    public let example: String
    /// When to change it.
    public let advice: String
    /// Prints the value.
    public let value: @Sendable (ListSettings) -> String
    /// Reads and sets the value, or returns false and changes nothing.
    public let set: @Sendable (inout ListSettings, String) -> Bool
}

extension ListSettings {
    /// Every setting, in the order in which they are shown.
    public static let table: [SettingDescription] =
        general + PostActions.choices.map(\.setting) + copySettings + resending + bounces
        + workflows

    private static let general: [SettingDescription] = [
        SettingDescription(
            name: "display_name",
            type: .text(maximum: 60, hasLines: false),
            summary: "The name that mail programs show beside the list's address.",
            example: "The garden team",
            advice: "To tell lists apart in mail programs; everybody on the way reads it.",
            value: { $0.displayName },
            set: { settings, text in
                guard text.count <= 60,
                    text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
                else { return false }
                settings.displayName = text
                return true
            }
        ),
        number(
            "max_message_size",
            \.maximumMessageSize,
            .bytes,
            in: 10_000...100_000_000,
            summary: "The largest message that is taken, as received.",
            example: "5000000",
            advice: "When attachments are larger than people may send, or smaller than they must."
        ),
        number(
            "signature_max_age",
            \.signatureMaximumAge,
            .seconds,
            in: signatureMaximumAges,
            summary: "For how long after a signature was made a post with it is taken.",
            example: "259200",
            advice:
                "Shorter, if captured mail could be held back; longer, if people write where no network is."
        ),
        flag(
            "deliver_own_posts",
            \.deliversOwnPosts,
            summary: "Whether an author gets a copy of her own post.",
            example: "false",
            advice: "When authors do not want to see their own posts come back."
        ),
        choice(
            "unbound_post_action",
            \.unboundPostAction,
            summary: "What becomes of a post whose signature does not say for whom it was made.",
            example: "refuse",
            advice:
                "When every author's program protects To: then no mail to somebody else can be posted here."
        ),
        choice(
            "posting",
            \.posting,
            summary: "Who may write to the list; where only owners do, it announces.",
            example: "owners",
            advice: "For a list that announces."
        ),
        flag(
            "emergency",
            \.holdsAll,
            summary:
                "Whether every post waits for a moderator, but those of owners and moderators.",
            example: "true",
            advice: "While something goes wrong on the list and nobody can look at once."
        ),
        flag(
            "paused",
            \.isPaused,
            summary:
                "Whether posts and commands are asked to come again later; mail to the owners is taken.",
            example: "true",
            advice:
                "For hours: most servers try for five days. 'listseal list pause' and 'list resume' set it."
        ),
    ]

    private static let bounces: [SettingDescription] = [
        number(
            "max_daily_posts",
            \.dailyPosts,
            .posts,
            in: 0...1000,
            summary:
                "How many posts of one author are taken a day, in UTC; 0 for any number. Owners and moderators are not counted.",
            example: "20",
            advice: "When one program, or one quarrel, shall not fill everybody's mailbox."
        ),
        number(
            "bounce_hard_days",
            \.hardBounceDays,
            .days,
            in: 0...30,
            summary:
                "On how many days of a month copies come back for good until she gets no more; 0 for never.",
            example: "5",
            advice:
                "More, if somebody's server refuses what it should take; never a size or a content."
        ),
        number(
            "bounce_soft_days",
            \.softBounceDays,
            .days,
            in: 0...30,
            summary:
                "On how many days of a month copies come back for any reason until she gets no more; 0 for never.",
            example: "0",
            advice: "More, where mailboxes are full for weeks and people come back."
        ),
    ]

    private static let workflows: [SettingDescription] = [
        SettingDescription(
            name: "subscription_policy",
            type: .subscriptionSteps,
            summary: "Which steps somebody takes to become a subscriber by mail.",
            example: "confirm-moderate",
            advice:
                "open, where a key is all that is asked; closed, where owners add people themselves.",
            value: { $0.subscriptionPolicy.description },
            set: { settings, text in
                guard let value = SubscriptionPolicy(text) else { return false }
                settings.subscriptionPolicy = value
                return true
            }
        ),
        SettingDescription(
            name: "key_change_workflow",
            type: .keyChangeSteps,
            summary: "Which steps another key of a subscriber takes.",
            example: "key-confirm, moderate",
            advice: "When an owner shall see each new key before it counts.",
            value: { StepName.text($0.keyChangeWorkflow) },
            set: { settings, text in
                guard let steps = StepName.list(text), steps.contains(.keyConfirm),
                    steps.areDistinct, !steps.contains(.keySet), !steps.contains(.verifyAddress)
                else { return false }
                settings.keyChangeWorkflow = steps
                return true
            }
        ),
        SettingDescription(
            name: "unsubscription_policy",
            type: .leaveSteps,
            summary: "Which steps a subscriber takes to leave; a signed command is the first.",
            example: "verify-address, moderate",
            advice: "When nobody may leave unseen.",
            value: { StepName.text($0.unsubscriptionPolicy) },
            set: { settings, text in
                guard let steps = StepName.list(text), steps.first == .verifyAddress,
                    steps.areDistinct, !steps.contains(.keySet), !steps.contains(.keyConfirm)
                else { return false }
                settings.unsubscriptionPolicy = steps
                return true
            }
        ),
        number(
            "token_lifetime",
            \.tokenLifetime,
            .seconds,
            in: tokenLifetimes,
            summary: "How long a mail of a workflow can be answered.",
            example: "259200",
            advice: "When people read their mail at weekends only."
        ),
        flag(
            "show_subscribers",
            \.showsSubscribers,
            summary: "Whether subscribers may ask who the others are, and for their keys.",
            example: "true",
            advice: "When subscribers shall know each other, and write to each other."
        ),
        roles(
            "key_signing_allowed",
            \.keySigningAllowed,
            summary: "Whose certifications of the list's key are published with it.",
            example: "owner",
            advice: "When few shall vouch for the list's key; none, when nobody shall."
        ),
        SettingDescription(
            name: "notify_owners_of",
            type: .words(OwnerEvent.allCases.map(\.rawValue), hasAll: false),
            summary:
                "What owners are told of, sealed, besides what they must decide and who gets no copies for want of a key.",
            example: "join, leave, bounces",
            advice: "When owners want to see who comes and goes, or less mail.",
            value: { settings in
                let words = OwnerEvent.allCases.filter(settings.ownerEvents.contains)
                return words.isEmpty ? "none" : words.map(\.rawValue).joined(separator: ", ")
            },
            set: { settings, text in
                let words = text == "none" ? [] : text.split(separator: ",")
                let events = words.compactMap { OwnerEvent(rawValue: String($0).trimmed) }
                guard text == "none" || !words.isEmpty, events.count == words.count else {
                    return false
                }
                settings.ownerEvents = Set(events)
                return true
            }
        ),
        choice(
            "language",
            \.language,
            summary: "In which language the list writes to people.",
            example: "de",
            advice: "For the people who get these mails."
        ),
    ]

    /// The row of a setting; nil if there is none of this name.
    public static func named(_ name: String) -> SettingDescription? {
        table.first { $0.name == name }
    }
}

extension ListSettings {
    /// Every setting with its default, as a Markdown table.
    public static var manual: String {
        let standard = ListSettings()
        let rows = table.map { setting in
            let value = setting.value(standard)
            return
                "| `\(setting.name)` | \(setting.type) | \(value.isEmpty ? "empty" : "`\(value)`") "
                + "| \(setting.summary) | `\(setting.example)` | \(setting.advice) |\n"
        }
        return "| setting | it takes | default | what it says | example | when to change it |\n"
            + "|---|---|---|---|---|---|\n" + rows.joined()
    }
}
