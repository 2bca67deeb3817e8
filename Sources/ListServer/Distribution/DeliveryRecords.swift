import Foundation
import Logging
import MailingList
import SMTP
import Submission

/// Records the replies of Postfix to the copies in the store.
///
/// All sessions share one for as long as the distributor runs, because only all replies
/// together show whether Postfix refuses single copies or all of them. An outcome that the
/// store cannot record is kept, and nothing is sent before it is recorded.
actor DeliveryRecords {
    /// A number of copies that are about to be sent.
    struct Window: Sendable {
        /// How often the outcome of each copy is unknown, this attempt included.
        let counts: [Delivery.ID: Int]
        fileprivate let order: Int
    }

    /// What the last passes have shown.
    struct Progress: Sendable {
        var accepted = 0
        var failed = 0
    }

    private let store: any ListStore
    private let pool: BlockingPool
    private let clock: SteadyClock
    private let logger: Logger
    private let alarms: DistributionAlarms
    private var tracker = RefusalTracker()
    // Outcomes that the store has not recorded yet.
    private var unwritten: [(Delivery.ID, Delivery.Outcome)] = []
    /// What the current pass has shown.
    private(set) var progress = Progress()
    /// The refusal for which the distributor must stop; nil while it may continue.
    private(set) var halt: RefusalTracker.Refusal?
    private var failure: (any Error)?

    init(
        store: any ListStore,
        pool: BlockingPool,
        clock: SteadyClock,
        alarms: DistributionAlarms,
        logger: Logger
    ) {
        self.store = store
        self.pool = pool
        self.clock = clock
        self.alarms = alarms
        self.logger = logger
    }

    /// Whether a session must stop.
    var isStopped: Bool { halt != nil || failure != nil }

    /// Starts a new pass: records what an earlier one could not record.
    func begin() async throws {
        halt = nil
        failure = nil
        progress = Progress()
        try await flush()
    }

    /// Stops the pass for an error that concerns all copies.
    func stop(for error: any Error) {
        if failure == nil { failure = error }
    }

    /// Ends a pass, and throws why it was stopped.
    func finish() throws {
        if let failure { throw failure }
        if let halt { throw DistributionHalted(refusal: halt) }
    }

    /// Counts the attempts of a window in the store, before its copies are sent.
    ///
    /// Throws if the store cannot record them: then it could not record the outcomes either.
    func open(_ ids: [Delivery.ID]) async throws -> Window {
        try await flush()
        let store = store
        let counts = try await pool.run { try store.beginAttempts(ids) }
        return Window(counts: counts, order: tracker.begin(ids))
    }

    /// Records the outcomes of a window in one transaction.
    func settle(
        _ results: [(Delivery, SubmissionOutcome)],
        of window: Window
    ) async throws {
        var refused: Set<Delivery.ID> = []
        for (delivery, outcome) in results {
            unwritten += note(delivery, outcome, window, &refused)
        }
        try await flush()
        try await alarms.noted(accepted: progress.accepted)
    }

    /// Records outcomes of copies that were not sent.
    func settle(_ outcomes: [(Delivery.ID, Delivery.Outcome)]) async throws {
        unwritten += outcomes
        try await flush()
    }

    /// Writes what is not recorded yet.
    func flush() async throws {
        guard !unwritten.isEmpty else { return }
        let (store, now, outcomes) = (store, clock.now(), unwritten)
        // Another session may add outcomes meanwhile, and must not write these again.
        unwritten = []
        do {
            try await pool.run { try store.settle(outcomes, now: now) }
        } catch {
            unwritten = outcomes + unwritten
            throw error
        }
    }

    private func note(
        _ delivery: Delivery,
        _ outcome: SubmissionOutcome,
        _ window: Window,
        _ refused: inout Set<Delivery.ID>
    ) -> [(Delivery.ID, Delivery.Outcome)] {
        let id = delivery.id
        switch outcome {
        case .accepted:
            progress.accepted += 1
            alarms.accepted()
            let found = tracker.accepted(id, window: window.order, refused: refused)
            for (id, refusal) in found.certain { logRefusal(id, refusal) }
            return [(id, .delivered)] + found.certain.map { ($0.key, Self.end(of: $0.value)) }
                + found.retry.map { ($0, .dueNow) }
        case .notSent:
            return [(id, .notTried)]
        case .interrupted(let phase):
            let reason = "\(phase.rawValue): the connection ended"
            tracker.forget(id)
            return [(id, failed(delivery, reason, code: reason))]
        case .unknown:
            return [(id, unknown(delivery, count: window.counts[id] ?? 1))]
        case .refused(let reply, let phase):
            let refusal = RefusalTracker.Refusal(reply: reply, phase: phase)
            guard reply.isPermanent else { return [(id, failed(delivery, refusal))] }
            if delivery.isAnswer, phase != .mail, !alarms.isFailing {
                // A stranger may have caused it, so it says nothing about the way back. Nobody
                // on the list misses the answer: a log line is enough.
                logger.warning(
                    // The log does not get the reply's text, which names the address.
                    "an answer is given up: Postfix refused it",
                    metadata: ["delivery": "\(id)", "reply": "\(reply.code)"]
                )
                return [(id, Self.end(of: refusal, isAnswer: true))]
            }
            let failure = failed(delivery, refusal)
            refused.insert(id)
            guard !delivery.isAnswer, tracker.refused(delivery, refusal) else {
                if tracker.isHalted { halt = refusal }
                return [(id, failure)]
            }
            logRefusal(id, refusal)
            return [(id, Self.end(of: refusal))]
        }
    }

    private func failed(
        _ delivery: Delivery,
        _ refusal: RefusalTracker.Refusal
    ) -> Delivery.Outcome {
        if !refusal.reply.isPermanent { tracker.forget(delivery.id) }
        let code = "\(refusal.phase.rawValue): \(refusal.reply.status)"
        return failed(delivery, refusal.reason, code: code)
    }

    private func failed(
        _ delivery: Delivery,
        _ reason: String,
        code: String
    ) -> Delivery.Outcome {
        progress.failed += 1
        // The alarm does not get the reply's text, which can name a subscriber.
        alarms.failed(code)
        let pause = Backoff.copies.pause(afterFailures: delivery.attempts + 1)
        return .postponed(until: clock.now().addingTimeInterval(pause), reason: reason)
    }

    private func unknown(_ delivery: Delivery, count: Int) -> Delivery.Outcome {
        progress.failed += 1
        let reason =
            "\(SubmissionPhase.dot.rawValue): the connection ended, \(count) times; Postfix may "
            + "have the copy"
        alarms.failed(reason)
        tracker.forget(delivery.id)
        guard count < DistributionAlarms.unknownLimit else {
            logger.error(
                "Postfix may have a copy \(count) times; it waits for 'listseal queue'",
                metadata: ["delivery": "\(delivery.id)"]
            )
            alarms.waits(delivery.id)
            return .waits(for: .unknown, reason: reason)
        }
        let pause = Backoff.copies.pause(afterFailures: max(count, delivery.attempts + 1))
        return .unknown(until: clock.now().addingTimeInterval(pause), reason: reason)
    }

    private func logRefusal(_ id: Delivery.ID, _ refusal: RefusalTracker.Refusal) {
        logger.warning(
            "Postfix refuses a copy and accepts others; the owners are told",
            metadata: [
                "delivery": "\(id)", "reply": "\(refusal.reply.code)",
                "command": "\(refusal.phase.rawValue)",
            ]
        )
    }

    // An address that Postfix refuses stays refused. A filter's mind can change.
    private static func end(
        of refusal: RefusalTracker.Refusal,
        isAnswer: Bool = false
    ) -> Delivery.Outcome {
        isAnswer || refusal.phase == .recipient
            ? .undeliverable(reason: refusal.reason, status: refusal.reply.enhanced)
            : .waits(for: .refused, reason: refusal.reason)
    }
}

extension RefusalTracker.Refusal {
    /// The command and the reply, for the administrator and the owners.
    var reason: String { "\(phase.rawValue): \(reply)" }
}

extension Delivery {
    /// Whether it may be an answer to a stranger, or another mail to one address.
    var isAnswer: Bool { subscriber == nil }
}

/// Postfix refuses all our mail, not one copy.
struct DistributionHalted: Error, CustomStringConvertible {
    let refusal: RefusalTracker.Refusal

    var description: String {
        // The message omits the reply's text, which can name a subscriber.
        "Postfix refuses different copies in a row with \(refusal.reply.status) at "
            + "\(refusal.phase.rawValue). Run 'listseal postfix check', then 'listseal queue retry'."
    }
}
