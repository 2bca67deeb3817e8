/// What becomes of a message, as the policies see it.
public enum Verdict: Sendable, Hashable {
    /// It is distributed.
    case accept
    /// It waits for a moderator.
    case hold(Refusal)
    /// It is not distributed, and the peer is told so.
    case refuse(Refusal)
    /// It is taken and dropped.
    case discard(Refusal)

    var isHold: Bool {
        if case .hold = self { true } else { false }
    }

    /// The word for it.
    public var word: String {
        switch self {
        case .accept: "accept"
        case .hold: "hold"
        case .refuse: "refuse"
        case .discard: "discard"
        }
    }
}

/// A verdict with its reasons.
public struct Ruling: Sendable, Hashable {
    /// What becomes of it.
    public let verdict: Verdict
    /// Why, for the log and the administrator alone.
    public let detail: String
    /// What speaks against it and does not count, by the list's settings or a moderator.
    ///
    /// Copies say so. Of what is held it is everything that a moderator decides about.
    public let overlooked: [Refusal]

    /// Puts them side by side.
    public init(verdict: Verdict, detail: String, overlooked: [Refusal]) {
        self.verdict = verdict
        self.detail = detail
        self.overlooked = overlooked
    }
}
