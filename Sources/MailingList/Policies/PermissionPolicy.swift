/// Refuses posts of subscribers on a list where only owners write, and has those of
/// moderated people, or of everybody, wait for a moderator.
///
/// The last rule: what it holds is otherwise good.
public struct PermissionPolicy: PostingPolicy {
    /// The rule has no parameters.
    public init() {}

    /// `right`.
    public var name: String { "right" }

    /// Asks who may post; an owner or a moderator is never held.
    public func judge(_ post: OpenedMessage, in context: PolicyContext) -> PolicyResult {
        let settings = context.list.settings
        // A name in From that no signature proves gives nobody's rights.
        let roles = context.proof.author?.roles ?? []
        let decides = !roles.isDisjoint(with: .deciders)
        if settings.posting == .owners, !roles.contains(.owner) {
            return .refuses(.notAllowed, "only owners post to this list")
        }
        if settings.holdsAll, !decides {
            return .refuses(.emergency, "emergency is true: every post waits")
        }
        if post.outside.author?.isModerated ?? false, !decides {
            return .refuses(.moderated, "posts of this subscriber wait for a moderator")
        }
        return .passes
    }
}
