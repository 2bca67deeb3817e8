/// What a message is for, which decides what is asked about it.
public enum MessagePurpose: Sendable, Hashable, CaseIterable {
    /// To be distributed.
    case post
    /// To be read by the owners.
    case ownerMail
    /// To be carried out.
    case command

    /// The purpose of mail to an address of a list; nil for bounces, which are counted and
    /// never opened.
    public init?(_ role: ListRole) {
        switch role {
        case .posting: self = .post
        case .owner, .postmaster, .abuse: self = .ownerMail
        case .request, .join, .leave, .confirm, .sendkey: self = .command
        case .bounces: return nil
        }
    }

    /// The policies for a message, in the order in which they are asked.
    public var policies: [any PostingPolicy] {
        switch self {
        case .post: StandardPolicies.post
        case .ownerMail: StandardPolicies.ownerMail
        case .command: StandardPolicies.command
        }
    }

    /// What follows from an objection.
    ///
    /// Owners choose it for posts. For their own mail they choose whether spam is refused or
    /// dropped; a setting that accepts, holds or ignores spam lets it reach them.
    func action(on refusal: Refusal, by settings: ListSettings) -> PostAction {
        switch (self, refusal) {
        case (.post, _): settings.actions[refusal]
        case (.ownerMail, .spam):
            switch settings.actions[.spam] {
            case .reject: .reject
            case .discard: .discard
            case .accept, .hold, .ignore: .ignore
            }
        case (.ownerMail, _), (.command, _): .reject
        }
    }
}

/// The policies for each purpose; their order is the documentation.
public enum StandardPolicies {
    /// For posts.
    ///
    /// A policy that costs nothing and tells nothing comes first: a stranger who floods the
    /// list learns no more than its size limit.
    public static let post: [any PostingPolicy] = [
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
        CopySizePolicy(),
    ]

    /// For mail to the owners.
    ///
    /// It may be in clear, unsigned and damaged: people ask for help so.
    public static let ownerMail: [any PostingPolicy] = [
        LoopPolicy(),
        SizePolicy(),
        SetupMessagePolicy(),
        SpamPolicy(),
    ]

    /// For mail commands; each command then asks for the proof that it needs.
    public static let command: [any PostingPolicy] = [
        LoopPolicy(),
        HandwrittenPolicy(),
        SizePolicy(),
        StructurePolicy(),
        SetupMessagePolicy(),
        DecryptablePolicy(),
        ReplayPolicy(),
    ]
}
