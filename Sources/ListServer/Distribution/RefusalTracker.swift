import MailingList
import SMTP
import Submission

/// Decides whether permanent refusals concern single copies, or the way back to Postfix.
///
/// A 5xx alone does not say which. A refusal concerns its copy if Postfix accepts other copies
/// after it, refuses this one again, and again accepts others. Until then the copy stays owed.
/// If Postfix refuses different posts in a row, or different recipients, and accepts none in
/// between, then it refuses the list: the distributor stops and nothing is given up.
struct RefusalTracker: Sendable {
    /// The number of refusals in a row that do not concern the copies.
    static let limit = 3
    /// After so many attempts a copy that was tested between accepted ones is decided alone.
    static let attempts = 5

    /// A permanent refusal of one copy.
    struct Refusal: Sendable, Hashable {
        let reply: SMTPReply
        let phase: SubmissionPhase
    }

    private struct State {
        var refusal: Refusal
        // The number of the refusal: an acceptance counts if its window began later.
        var order: Int
        // Whether Postfix accepted another copy after this refusal.
        var isFollowed = false
        // Whether Postfix accepted another copy between two refusals of this one.
        var isRepeated = false
        var isUnderWay = false
    }

    private var states: [Delivery.ID: State] = [:]
    private var order = 0
    // The refusals since the last acceptance.
    private var posts: Set<Int64> = []
    private var recipients: Set<Delivery.ID> = []

    /// Whether the refusals in a row concern the way back.
    var isHalted: Bool { posts.count >= Self.limit || recipients.count >= Self.limit }

    /// Marks copies as under way; the result is the argument of ``accepted(_:window:refused:)``.
    mutating func begin(_ ids: some Sequence<Delivery.ID>) -> Int {
        for id in ids { states[id]?.isUnderWay = true }
        return order
    }

    /// Records a permanent refusal; true if it is now certain that it concerns the copy.
    mutating func refused(_ delivery: Delivery, _ refusal: Refusal) -> Bool {
        order += 1
        var state = states[delivery.id] ?? State(refusal: refusal, order: order)
        if state.isFollowed { state.isRepeated = true }
        let isCertain = state.isRepeated && delivery.attempts + 1 >= Self.attempts
        state.refusal = refusal
        state.order = order
        state.isFollowed = false
        state.isUnderWay = false
        states[delivery.id] = isCertain ? nil : state
        // A content filter can refuse all copies of one post.
        if refusal.phase == .dot {
            posts.insert(delivery.post)
        } else {
            recipients.insert(delivery.id)
        }
        return isCertain && !isHalted
    }

    /// Records an acceptance.
    ///
    /// - Parameters:
    ///   - id: The accepted copy.
    ///   - window: The result of ``begin(_:)`` for its window.
    ///   - refused: The copies that were refused in its window before it.
    /// - Returns: The refusals that certainly concern their copies, and the copies that must
    ///   be tried again now to find that out.
    mutating func accepted(
        _ id: Delivery.ID,
        window: Int,
        refused: Set<Delivery.ID>
    ) -> (certain: [Delivery.ID: Refusal], retry: [Delivery.ID]) {
        states[id] = nil
        (posts, recipients) = ([], [])
        var certain: [Delivery.ID: Refusal] = [:]
        var retry: [Delivery.ID] = []
        for (other, state) in states where !state.isFollowed && !state.isUnderWay {
            guard state.order <= window || refused.contains(other) else { continue }
            if state.isRepeated {
                certain[other] = state.refusal
                states[other] = nil
            } else {
                states[other]?.isFollowed = true
                retry.append(other)
            }
        }
        return (certain, retry)
    }

    /// Forgets a copy with another outcome.
    mutating func forget(_ id: Delivery.ID) {
        states[id] = nil
    }
}
