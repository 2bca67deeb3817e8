/// One setting: its name, its texts for people, and how its value is read and printed.
public struct SettingDescription: Sendable {
    /// The name that owners type.
    public let name: String
    /// The kind of value that it accepts.
    public let type: SettingType
    /// What the setting means, for the manual and `listseal list show`.
    public let summary: String
    /// A value other than the default.
    public let example: String
    /// Advice when to change it, for the manual.
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
            advice:
                "Change it to tell lists apart in mail programs. Servers on the way can read it.",
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
            summary:
                "The largest message that the list accepts, and the largest copy that it sends.",
            example: "5000000",
            advice:
                "Change it if people send larger attachments than the list should carry, or need to send larger ones. Copies are not compressed, so a copy can be several times as large as the message."
        ),
        number(
            "signature_max_age",
            \.signatureMaximumAge,
            .seconds,
            in: signatureMaximumAges,
            summary: "How old the signature of a post may be.",
            example: "259200",
            advice:
                "Use a shorter time if somebody could hold back captured mail, and a longer time if people write without a network."
        ),
        flag(
            "deliver_own_posts",
            \.deliversOwnPosts,
            summary: "Whether authors receive a copy of their own posts.",
            example: "false",
            advice: "Set it to false if authors do not want their own posts back."
        ),
        choice(
            "unbound_post_action",
            \.unboundPostAction,
            summary: "The action for a post whose signature does not say for whom it was made.",
            example: "refuse",
            advice:
                "Set it to refuse if the mail program of every author protects To. Then nobody can post a mail that was signed for somebody else."
        ),
        choice(
            "posting",
            \.posting,
            summary: "Who may post: subscribers, or owners alone, who then make announcements.",
            example: "owners",
            advice: "Set it to owners for an announcement list."
        ),
        flag(
            "emergency",
            \.holdsAll,
            summary:
                "Whether every post waits for a moderator, except those of owners and moderators.",
            example: "true",
            advice:
                "Set it to true while something goes wrong on the list and nobody can look at once."
        ),
        flag(
            "paused",
            \.isPaused,
            summary:
                "Whether the list defers posts and commands, so that servers try again later. Mail to the owners is accepted.",
            example: "true",
            advice:
                "Use it for hours only: most servers try for five days. 'listseal list pause' and 'listseal list resume' set it."
        ),
    ]

    private static let bounces: [SettingDescription] = [
        number(
            "max_daily_posts",
            \.dailyPosts,
            .posts,
            in: 0...1000,
            summary:
                "How many posts of one author the list accepts a day, in UTC; 0 is no limit. Posts of owners and moderators do not count.",
            example: "20",
            advice: "Set it to protect mailboxes from one program or one long dispute."
        ),
        number(
            "bounce_hard_days",
            \.hardBounceDays,
            .days,
            in: 0...30,
            summary:
                "Suspend delivery after hard bounces on this many days within 30; 0 never suspends.",
            example: "5",
            advice:
                "Use more days if a server refuses copies by mistake. Bounces for size or content never count."
        ),
        number(
            "bounce_soft_days",
            \.softBounceDays,
            .days,
            in: 0...30,
            summary:
                "Suspend delivery after bounces of any kind on this many days within 30; 0 never suspends.",
            example: "0",
            advice:
                "Use more days if mailboxes are full for weeks and people still read them later."
        ),
    ]

    private static let workflows: [SettingDescription] = [
        SettingDescription(
            name: "subscription_policy",
            type: .subscriptionSteps,
            summary: "The steps by which people subscribe by mail.",
            example: "confirm-moderate",
            advice:
                "Set it to open if a key is enough, and to closed if owners add everybody themselves.",
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
            summary: "The steps by which a subscriber replaces their key.",
            example: "key-confirm, moderate",
            advice: "Add moderate if an owner should see each new key before the list uses it.",
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
            summary:
                "The steps by which a subscriber leaves. A signed command counts as the first step.",
            example: "verify-address, moderate",
            advice: "Add moderate if an owner should see who leaves.",
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
            summary: "How long people can answer a mail of the list that asks for something.",
            example: "259200",
            advice: "Use a longer time if people read their mail rarely."
        ),
        flag(
            "show_subscribers",
            \.showsSubscribers,
            summary: "Whether subscribers may ask for the addresses and keys of the others.",
            example: "true",
            advice: "Set it to true if subscribers should know each other and write to each other."
        ),
        roles(
            "key_signing_allowed",
            \.keySigningAllowed,
            summary: "Whose certifications of the list's key are published with it.",
            example: "owner",
            advice:
                "Name fewer roles if few people should certify the list's key, and none if nobody should."
        ),
        SettingDescription(
            name: "notify_owners_of",
            type: .words(OwnerEvent.allCases.map(\.rawValue), hasAll: false),
            summary:
                "The events that the list reports to owners, besides decisions and subscribers without a usable key.",
            example: "join, leave, bounces",
            advice:
                "Add join and leave if owners want to see who comes and goes. Name fewer if they want less mail.",
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
            summary: "The language in which the list writes to people.",
            example: "de",
            advice: "Choose the language of the people who receive these mails."
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
