/// Refuses what has been through this list, or through too many lists.
public struct LoopPolicy: PostingPolicy {
    /// Lists that a post may pass: a list that is subscribed to another is rare,
    /// a chain of more than three is a mistake.
    public static let maximumHops = 3

    /// The rule has no parameters.
    public init() {}

    /// `loop`.
    public var name: String { "loop" }

    /// Refuses our own identifier in X-Loop or List-Id, and long chains.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        let own = context.list.listID
        if post.outside.loops.contains(where: { $0.lowercased() == own })
            || post.outside.listID?.lowercased() == own
        {
            return .refuses(.loop, "it carries this list's identifier")
        }
        if post.outside.loops.count > Self.maximumHops {
            return .refuses(.loop, "it has passed \(post.outside.loops.count) lists")
        }
        return .passes
    }
}
