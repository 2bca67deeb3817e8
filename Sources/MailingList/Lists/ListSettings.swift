/// What the owners of a list can decide.
///
/// Each is one property here with its doc comment, and one row in ``table``.
public struct ListSettings: Sendable, Hashable {
    /// The name that mail programs show beside the list's address.
    public var displayName: String
    /// Octets of the largest message that is taken, as received.
    public var maximumMessageSize: Int
    /// Seconds for which a signature is fresh, counted from when it was made.
    ///
    /// Longer lets a captured post be held back longer.
    public var signatureMaximumAge: Int
    /// Whether an author gets a copy of their own post.
    public var deliversOwnPosts: Bool

    /// What becomes of a post whose signature does not say for whom it was made.
    public var unboundPostAction: UnboundPostAction

    /// What becomes of posts that are not as they should be.
    public var actions: PostActions
    /// What stands in the copies of a post besides its words.
    public var copies: CopySettings
    /// Who may write to the list.
    public var posting: Posting
    /// Whether every post waits for a moderator.
    public var holdsAll: Bool

    /// Whether posts and commands wait outside, with the servers that bring them.
    public var isPaused: Bool
    /// Who may have a post sent on to people outside, as the list's.
    public var resendAllowed: Subscriber.Roles
    /// Lines below what is sent on; empty for none.
    public var resendFooter: String
    /// Days for which sealed posts are kept; 0 for not at all.
    public var archiveDays: Int
    /// Posts that are taken of one author a day, in UTC; 0 for any number.
    public var dailyPosts: Int
    /// Distinct days in a month on which copies came back for good, until a person gets no
    /// more; 0 for never.
    public var hardBounceDays: Int
    /// The same of days on which they came back for whatever reason.
    public var softBounceDays: Int

    /// Which steps somebody takes to become a subscriber.
    public var subscriptionPolicy: SubscriptionPolicy
    /// Which steps another key of a subscriber takes: the proof, and then what owners
    /// want.
    public var keyChangeWorkflow: [StepName]
    /// Which steps a subscriber takes to leave; the first is done by a signed command.
    public var unsubscriptionPolicy: [StepName]
    /// Seconds in which a mail of a workflow must be answered.
    public var tokenLifetime: Int
    /// Whether subscribers may ask who the others are, and for their keys.
    public var showsSubscribers: Bool
    /// Whose certifications of the list's key are published with it.
    public var keySigningAllowed: Subscriber.Roles
    /// What owners are told of.
    public var ownerEvents: Set<OwnerEvent>
    /// In which language the list writes.
    public var language: TextLanguage

    /// Seconds that ``tokenLifetime`` can be set to: people sleep, and do not read
    /// mail on Sundays; a token that nobody uses shall not lie in mailboxes for long.
    public static let tokenLifetimes = 86_400...259_200

    /// Who may write to a list.
    public enum Posting: String, Sendable, Hashable, CaseIterable {
        /// Subscribers and nonmembers.
        case subscribers
        /// Owners alone: it announces.
        case owners
    }

    /// What becomes of a post that could have been written to somebody else.
    public enum UnboundPostAction: String, Sendable, Hashable, CaseIterable {
        /// It is taken, and the copies say so.
        case accept
        /// It is refused: every author needs a program that protects To.
        case refuse
    }

    /// Seconds that ``signatureMaximumAge`` can be set to.
    ///
    /// The table against replay keeps every signature for the longest of them:
    /// a list that raises its age makes old signatures fresh again.
    public static let signatureMaximumAges = 3600...7_776_000

    /// The settings of a new list.
    public init() {
        displayName = ""
        maximumMessageSize = 10 << 20
        signatureMaximumAge = 14 * 86_400
        deliversOwnPosts = true
        unboundPostAction = .accept
        actions = PostActions()
        copies = CopySettings()
        posting = .subscribers
        holdsAll = false
        isPaused = false
        resendAllowed = []
        resendFooter = ""
        archiveDays = 0
        dailyPosts = 0
        hardBounceDays = 3
        softBounceDays = 8
        subscriptionPolicy = .moderate
        keyChangeWorkflow = [.keyConfirm]
        unsubscriptionPolicy = [.verifyAddress]
        tokenLifetime = 172_800
        showsSubscribers = false
        keySigningAllowed = .deciders
        ownerEvents = [.bounces, .keyExpiry, .dropped]
        language = .english
    }

    /// Whether an OpenPGP message as the text of a mail is opened at all.
    public var opensInline: Bool {
        switch actions[.inline] {
        case .accept, .hold, .ignore: true
        case .reject, .discard: false
        }
    }
}
