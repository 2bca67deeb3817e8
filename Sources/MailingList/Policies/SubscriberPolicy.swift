/// Refuses posts of people who may not post, or have no confirmed key.
public struct SubscriberPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `subscriber`.
    public var name: String { "subscriber" }

    /// Reply-To, Sender and the reverse-path give no right: From alone does.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        guard post.outside.from.count == 1 else {
            // Nobody can let that pass: it would be posted in no name.
            return .refuses(.fromMismatch, "From names \(post.outside.from.count) addresses")
        }
        guard let author = post.outside.author, !author.roles.isDisjoint(with: .authors) else {
            return .refuses(.notSubscribed, "From is not a subscriber's address")
        }
        return author.certificate == nil
            ? .refuses(.notSubscribed, "the subscriber has no confirmed key") : .passes
    }
}
