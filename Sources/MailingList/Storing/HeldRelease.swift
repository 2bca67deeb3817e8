/// What follows when a moderator accepts a held message.
public enum HeldRelease: Sendable, Hashable {
    /// It is distributed.
    case released(Transition)
    /// Something speaks against it now that did not when she was asked: she is asked again.
    case asked(Transition)
    /// It cannot be distributed, whatever she decides; nothing changes.
    case impossible(String)
}
