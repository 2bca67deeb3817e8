import Foundation
import Logging
import MailingList
import SMTP
import Submission

/// Records the replies of Postfix to the copies in the store.
///
/// All sessions share one, because only all replies together show whether Postfix
/// refuses every recipient.
actor DeliveryLedger {
    private let store: any ListStore
    private let pool: BlockingPool
    private let clock: @Sendable () -> Date
    private let logger: Logger
    private var streak = RefusalStreak()
    private var isAlarmed = true
    /// The reply for which the distributor must stop; nil while it may continue.
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

    /// Records the outcomes of one batch in one transaction.
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

    /// Ends a pass, and records the refusals that were held back.
    func finish() async throws {
        try await write(streak.release().map { ($0.key, Self.undeliverable($0.value)) })
    }

    /// Starts a new pass.
    func begin() {
        halt = nil
    }

    /// Raises the alarm that Postfix does not accept our copies.
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
            // A stranger may have written this address, so its refusal says nothing about
            // the way back. Nobody on the list misses the reply: a log line is enough.
            logger.warning(
                // The log does not get the reply's text, which names the address.
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
            // Postfix refuses our mail and not a recipient: other recipients would
            // get the same reply.
            halt = reply
            return [(delivery.id, postponed(attempts: delivery.attempts, reply))]
        case .recipientRefused(let reply), .messageRefused(let reply):
            return settled(streak.release())
                + [(delivery.id, postponed(attempts: delivery.attempts, reply))]
        case .notSent, .unknown:
            // The outcome is unknown, so the delivery stays due.
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
