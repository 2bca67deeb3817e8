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
    /// Who is proven to have written the message.
    public let proof: AuthorProof
    /// Whether this signed content has been seen in the list.
    public let isClaimed: @Sendable (SignatureClaim) throws -> Bool
    /// How many posts of a person were accepted today, in UTC.
    public let posted: @Sendable (Subscriber.ID) throws -> Int
    /// The objections that a moderator has decided to overlook.
    public let overlooking: Set<Refusal>
    /// The octets of the largest message that the host's MTA accepts; nil if it has no limit.
    public var copyLimit: Int?

    /// Prepares the judging of one message.
    ///
    /// - Parameters:
    ///   - message: The message; its author is proven here, once.
    ///   - list: The list that it is for.
    ///   - now: The time of judging.
    ///   - overlooking: The objections that a moderator has decided to overlook.
    ///   - posted: Counts the posts of a person on that day.
    ///   - isClaimed: Tells whether signed content has been seen.
    public init(
        judging message: OpenedMessage,
        for list: MailingList,
        now: Date,
        overlooking: Set<Refusal> = [],
        posted: @escaping @Sendable (Subscriber.ID) throws -> Int = { _ in 0 },
        isClaimed: @escaping @Sendable (SignatureClaim) throws -> Bool
    ) {
        proof = AuthorProof(of: message, for: list, now: now)
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
