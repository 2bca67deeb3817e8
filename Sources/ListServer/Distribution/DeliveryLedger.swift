import Foundation
import Logging
import MailingList
import SMTP
import Submission

/// Turns what Postfix answered into what the store shall know.
///
/// One ledger for all sessions: whether the way back refuses everybody shows
/// only over all of them.
actor DeliveryLedger {
    private let store: any ListStore
    private let pool: BlockingPool
    private let clock: @Sendable () -> Date
    private let logger: Logger
    private var streak = RefusalStreak()
    private var isAlarmed = true
    /// Why the distributor must stop, if it must.
    private(set) var halt: SMTPReply?

    init(
        store: any ListStore,
        pool: BlockingPool,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        self.pool = pool
        self.clock = clock
        self.logger = logger
    }

    /// Settles one batch in one transaction.
    func settle(
        _ results: [(Delivery, SubmissionOutcome)],
        settled: [(Delivery.ID, Delivery.Outcome)]
    ) async throws {
        var outcomes = settled
        for (delivery, outcome) in results {
            outcomes += note(delivery, outcome)
        }
        try await write(outcomes)
        if results.contains(where: { Self.isAccepted($0.1) }) { try await endAlarm() }
    }

    /// The pass is over: what was held back is about its own addresses.
    func finish() async throws {
        try await write(streak.release().map { ($0.key, Self.undeliverable($0.value)) })
    }

    /// Begins a new pass.
    func begin() {
        halt = nil
    }

    /// Raises the alarm of a way back that does not take our copies.
    func raise(_ detail: String) async throws {
        isAlarmed = true
        let (store, now) = (store, clock())
        try await pool.run { try store.raise(.submission, detail: detail, now: now) }
    }

    private func note(
        _ delivery: Delivery,
        _ outcome: SubmissionOutcome
    ) -> [(Delivery.ID, Delivery.Outcome)] {
        switch outcome {
        case .accepted:
            return settled(streak.release()) + [(delivery.id, .delivered)]
        case .recipientRefused(let reply) where reply.isPermanent && delivery.subscriber == nil:
            // An address that a stranger wrote proves nothing of the way back. Nobody on
            // the list misses the answer, so nothing but this line tells of it.
            logger.warning(
                // Not its text, which names the address.
                "an answer is given up: Postfix refused its recipient",
                metadata: ["delivery": "\(delivery.id)", "reply": "\(reply.code)"]
            )
            return settled(streak.release()) + [(delivery.id, Self.undeliverable(reply))]
        case .recipientRefused(let reply) where reply.isPermanent:
            switch streak.refused(delivery.id, reply) {
            case .settled(let refused):
                return settled(refused)
            case .halted(let ids, let reply):
                halt = reply
                return ids.map { ($0, postponed(attempts: 0, reply)) }
            }
        case .messageRefused(let reply) where reply.isPermanent:
            // Postfix refuses our mail, not a recipient: nobody else would fare
            // better.
            halt = reply
            return [(delivery.id, postponed(attempts: delivery.attempts, reply))]
        case .recipientRefused(let reply), .messageRefused(let reply):
            return settled(streak.release())
                + [(delivery.id, postponed(attempts: delivery.attempts, reply))]
        case .notSent, .unknown:
            // Nothing is known, so nothing changes: it is due still.
            return []
        }
    }

    private func settled(
        _ refused: [Delivery.ID: SMTPReply]
    ) -> [(Delivery.ID, Delivery.Outcome)] {
        refused.map { ($0.key, Self.undeliverable($0.value)) }
    }

    private static func undeliverable(_ reply: SMTPReply) -> Delivery.Outcome {
        .undeliverable(reason: "Postfix refused the recipient: \(reply)", status: reply.enhanced)
    }

    private func postponed(attempts: Int, _ reply: SMTPReply) -> Delivery.Outcome {
        .postponed(
            until: clock().addingTimeInterval(RetrySchedule.delay(afterAttempts: attempts)),
            reason: "\(reply)"
        )
    }

    private static func isAccepted(_ outcome: SubmissionOutcome) -> Bool {
        if case .accepted = outcome { true } else { false }
    }

    private func write(_ outcomes: [(Delivery.ID, Delivery.Outcome)]) async throws {
        guard !outcomes.isEmpty else { return }
        let (store, now) = (store, clock())
        try await pool.run { try store.settle(outcomes, now: now) }
    }

    private func endAlarm() async throws {
        guard isAlarmed else { return }
        isAlarmed = false
        let store = store
        try await pool.run { try store.clear(.submission) }
    }
}
