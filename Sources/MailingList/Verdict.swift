/// What becomes of a message, as the policies see it.
public enum Verdict: Sendable, Hashable {
    /// It is distributed.
    case accept
    /// It is not, and the peer is told so.
    case refuse(Refusal)
}
