import Foundation
import MailingList
import NIOConcurrencyHelpers

/// Raises the alarms of the distribution, and ends them.
///
/// It raises ``Alarm/submission`` if no copy was accepted for a time while attempts fail,
/// whatever fails: the connection, a command, or the reply to the final dot. It raises
/// ``Alarm/unknownCopies`` while copies wait because Postfix may have them already.
final class DistributionAlarms: Sendable {
    /// How often a copy is sent whose outcome stays unknown.
    static let unknownLimit = 3

    private struct State {
        // The first failure since the last acceptance.
        var failing: (since: ContinuousClock.Instant, attempts: Int, reason: String)?
        // An earlier process may have raised it.
        var isRaised = true
        // The attempts that the raised alarm tells of.
        var raisedAttempts = 0
        var waiting: [Delivery.ID] = []
        var mayWait = true
    }

    private let store: any ListStore
    private let pool: BlockingPool
    private let clock: SteadyClock
    private let patience: TimeInterval
    private let state = NIOLockedValueBox(State())

    init(store: any ListStore, pool: BlockingPool, clock: SteadyClock, patience: TimeInterval) {
        self.store = store
        self.pool = pool
        self.clock = clock
        self.patience = patience
    }

    /// Whether an attempt has failed since Postfix last accepted a copy.
    var isFailing: Bool { state.withLockedValue { $0.failing != nil } }

    /// The last failure since Postfix accepted a copy, without the text of a reply.
    var reason: String? { state.withLockedValue { $0.failing?.reason } }

    /// Records that Postfix accepted a copy.
    func accepted() {
        state.withLockedValue { state in
            state.failing = nil
            state.raisedAttempts = 0
        }
    }

    /// Records that an attempt failed.
    func failed(_ reason: String) {
        let now = clock.instant
        state.withLockedValue { state in
            let (since, attempts) = state.failing.map { ($0.since, $0.attempts) } ?? (now, 0)
            state.failing = (since, attempts + 1, reason)
        }
    }

    /// Records that a copy waits for the administrator, because Postfix may have it.
    func waits(_ id: Delivery.ID) {
        state.withLockedValue { $0.waiting.append(id) }
    }

    /// Ends the alarm after an accepted copy.
    ///
    /// Throws what the store throws.
    func noted(accepted: Int) async throws {
        guard accepted > 0, state.withLockedValue({ $0.isRaised && $0.failing == nil }) else {
            return
        }
        let store = store
        try await pool.run { try store.clear(.submission) }
        state.withLockedValue { $0.isRaised = false }
    }

    /// Raises what must be raised, and ends what is over.
    ///
    /// Throws what the store throws.
    func check() async throws {
        let now = clock.instant
        let (failing, raised, waiting, mayWait) = state.withLockedValue {
            ($0.failing, $0.raisedAttempts, $0.waiting, $0.mayWait)
        }
        let (store, time) = (store, clock.now())
        if let failing, failing.attempts != raised,
            failing.since.duration(to: now) > .seconds(patience)
        {
            let detail = Self.detail(failing.attempts, failing.reason)
            try await pool.run {
                // A subscriber who left can have been the only one who was to receive a copy.
                if try store.owedCopies(of: nil, after: 0, limit: 1).isEmpty {
                    try store.clear(.submission)
                } else {
                    try store.raise(.submission, detail: detail, now: time)
                }
            }
            state.withLockedValue { state in
                state.isRaised = true
                state.raisedAttempts = failing.attempts
            }
        }
        guard mayWait || !waiting.isEmpty else { return }
        let count = try await pool.run {
            let count = try store.waitingDeliveries(for: .unknown)
            if count == 0 {
                try store.clear(.unknownCopies)
            } else if !waiting.isEmpty {
                let numbers = waiting.prefix(20).map { "\($0)" }.joined(separator: ", ")
                try store.raise(
                    .unknownCopies,
                    detail: "\(count) copies were sent \(Self.unknownLimit) times without a reply "
                        + "to the final dot; the last ones: \(numbers)",
                    now: time
                )
            }
            return count
        }
        state.withLockedValue { state in
            state.waiting.removeAll(where: waiting.contains)
            state.mayWait = count > 0
        }
    }

    private static func detail(_ attempts: Int, _ reason: String) -> String {
        "Postfix has accepted no copy; \(attempts) attempts failed, the last one with: \(reason)"
    }
}
