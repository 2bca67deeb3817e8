/// Refuses posts of an author who has posted as often today as the list wants.
public struct RatePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `rate`.
    public var name: String { "rate" }

    /// Whoever decides for the list is not counted; nor is what nothing proves to be hers,
    /// which must not use up what she may.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) throws -> PolicyResult {
        let limit = context.list.settings.dailyPosts
        guard limit > 0, let author = context.proof.author,
            author.roles.isDisjoint(with: .deciders)
        else { return .passes }
        let count = try context.posted(author.id)
        return count < limit
            ? .passes : .refuses(.tooOften, "\(count) posts of this author were accepted today")
    }
}
