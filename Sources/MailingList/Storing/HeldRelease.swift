/// What follows when a moderator accepts a held message.
public enum HeldRelease: Sendable, Hashable {
    /// It is distributed.
    case released(Transition)
    /// Something speaks against it now that did not when the moderator was asked, who is asked
    /// again.
    case asked(Transition)
    /// It cannot be distributed, whatever a moderator decides; nothing changes.
    case impossible(CommandProblem)
}
