/// All that one accepted message changes, committed as one transaction.
public struct Acceptance: Sendable {
    /// Who gets copies.
    public enum Audience: Sendable, Hashable {
        /// Every subscriber with active delivery, less the author if the list
        /// says so.
        case subscribers(except: Subscriber.ID?)
        /// Every owner.
        case owners
        /// Everybody, in whatever role, with delivery suspended or not.
        case everybody
    }

    /// What follows from it.
    public enum Effect: Sendable {
        /// A sealed message goes to an audience, a copy each.
        case distribute(SealedPost, to: Audience)
        /// A message waits for a moderator, and moderators are told.
        case hold(HeldPost, notice: SealedAnswer)
        /// A message is dropped.
        case discard
        /// That a copy came back is counted, and may stop a person's copies.
        case countBounce(Bounce, of: Subscriber.ID)
        /// Commands are carried out, and answers go to people.
        case carryOut([Transition.Change], answers: [SealedAnswer])
    }

    /// The list.
    public let list: MailingList
    /// The delivery that has been taken.
    public let receipt: Receipt
    /// The signed content that has been seen.
    public let claims: [SignatureClaim]
    /// What follows.
    public let effect: Effect
    /// What goes on to people outside.
    public let resent: [SealedAnswer]
    /// Whose post is counted, if it is one and proven.
    public let author: Subscriber.ID?
    /// What the log says of it besides, without anything of the message.
    public let detail: String

    /// Puts them side by side.
    public init(
        list: MailingList,
        receipt: Receipt,
        claims: [SignatureClaim],
        effect: Effect,
        resent: [SealedAnswer] = [],
        author: Subscriber.ID? = nil,
        detail: String = ""
    ) {
        self.resent = resent
        self.author = author
        self.detail = detail
        self.list = list
        self.receipt = receipt
        self.claims = claims
        self.effect = effect
    }
}

/// An answer as the store takes it.
public struct SealedAnswer: Sendable, Hashable {
    /// Who reads it.
    public let reader: Answer.Reader
    /// What it says.
    public let post: SealedPost

    /// Puts them side by side.
    public init(reader: Answer.Reader, post: SealedPost) {
        self.reader = reader
        self.post = post
    }
}

/// What a commit did.
public enum CommitResult: Sendable, Hashable {
    /// Everything is on disk. For each acceptance the number of copies that are
    /// owed now, or nil if its receipt was there already and nothing changed.
    case committed(copies: [Int?])
    /// Nothing was changed: this acceptance's content has been here before.
    case replay(index: Int)
    /// Nothing was changed: what this acceptance carries out was decided on a state
    /// that has changed meanwhile.
    case outdated(index: Int)
}
