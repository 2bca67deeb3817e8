/// Refuses posts of an author who has posted as often today as the list wants.
public struct RatePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `rate`.
    public var name: String { "rate" }

    /// Counts the posts of an author today.
    ///
    /// Posts of owners and moderators do not count. Nor does a post that no signature proves
    /// to be the author's: it must not use up the author's limit.
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
