/// Refuses what is larger than the list takes.
public struct SizePolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `size`.
    public var name: String { "size" }

    /// Compares octets as received with `max_message_size`.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        let limit = context.list.settings.maximumMessageSize
        return post.outside.size > limit
            ? .refuses(.tooLarge, "\(post.outside.size) octets, the limit is \(limit)") : .passes
    }
}
