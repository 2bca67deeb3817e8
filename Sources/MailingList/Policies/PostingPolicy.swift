public import Foundation

/// What one policy says of one message.
public enum PolicyResult: Sendable, Hashable {
    /// Nothing against it.
    case passes
    /// Refused; the text says why, for the log and the administrator alone.
    case refuses(Refusal, String)
}

/// What a policy may know besides the message.
public struct PolicyContext: Sendable {
    /// The list that the message is for.
    public let list: MailingList
    /// The time of judging.
    public let now: Date
    /// Whether this signed content has been seen in the list.
    public let isClaimed: @Sendable (SignatureClaim) throws -> Bool
    /// How many posts of a person were taken today, in UTC.
    public let posted: @Sendable (Subscriber.ID) throws -> Int
    /// What a moderator lets pass.
    public let overlooking: Set<Refusal>

    /// Puts them side by side.
    public init(
        list: MailingList,
        now: Date,
        overlooking: Set<Refusal> = [],
        posted: @escaping @Sendable (Subscriber.ID) throws -> Int = { _ in 0 },
        isClaimed: @escaping @Sendable (SignatureClaim) throws -> Bool
    ) {
        self.overlooking = overlooking
        self.posted = posted
        self.list = list
        self.now = now
        self.isClaimed = isClaimed
    }
}

/// One rule that a post must keep.
///
/// A policy is a value without state. It says what it thinks of the facts and
/// does nothing; the first one that refuses decides.
public protocol PostingPolicy: Sendable {
    /// The word for it in `listseal explain`.
    var name: String { get }
    /// Judges. Throws only for a failure of ours: the peer gets 451.
    func judge(_ post: OpenedMessage, in context: PolicyContext) throws -> PolicyResult
}
