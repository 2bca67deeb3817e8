import Foundation
import Logging
import MailingList
import SMTP
import ServiceLifecycle
import Submission

/// Sends all deliveries that are due at one time.
struct DistributionPass: Sendable {
    /// What a pass has shown.
    struct Result: Sendable {
        /// What became of the copies that it sent.
        enum Kind: Sendable {
            /// Postfix accepted a copy.
            case worked
            /// Postfix accepted none, and an attempt failed.
            case failed
            /// Nothing was sent.
            case idle
        }

        let kind: Kind
        /// Whether it ended because Postfix's queue is full.
        let isFull: Bool
        /// Whether it sent only one copy.
        let isProbe: Bool
    }

    let distributor: Distributor
    let clock: SteadyClock
    let records: DeliveryRecords

    /// Sends the copies that are due.
    ///
    /// - Parameter isProbe: Whether to send one copy only, to find out whether Postfix accepts
    ///   copies again.
    /// - Returns: What became of them.
    /// - Throws: ``DistributionHalted``, an error of the store, or of the connection.
    func run(isProbe: Bool) async throws -> Result {
        try await records.begin()
        var limits = distributor.limits
        if isProbe { (limits.sessions, limits.window) = (1, 1) }
        let due = DueDeliveries(
            store: distributor.store,
            sealer: distributor.sealer,
            limits: limits,
            pool: BlockingPool(),
            engine: distributor.engine,
            clock: clock.now,
            logger: distributor.logger
        )
        guard let first = try await due.next() else {
            return Result(kind: .idle, isFull: false, isProbe: isProbe)
        }
        let queueLimit = PostfixQueueLimit(
            limit: limits.queued,
            queue: distributor.postfix.queue.map {
                QueuedCopies(queue: PostfixQueue(path: $0), store: distributor.store)
            },
            logger: distributor.logger
        )
        // An error stops the others after their windows. To cancel them would end sessions
        // whose copies Postfix has already received.
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<limits.sessions {
                group.addTask {
                    do {
                        try await work(
                            first: index == 0 ? first : nil,
                            isOnly: isProbe,
                            due,
                            queueLimit
                        )
                    } catch {
                        await records.stop(for: error)
                    }
                }
            }
        }
        try await records.finish()
        CrashPoint.passDone.reached()
        let progress = await records.progress
        return Result(
            kind: progress.accepted > 0 ? .worked : progress.failed > 0 ? .failed : .idle,
            isFull: await queueLimit.isFull,
            isProbe: isProbe
        )
    }

    private func work(
        first: DueDeliveries.Window?,
        isOnly: Bool,
        _ due: DueDeliveries,
        _ queueLimit: PostfixQueueLimit
    ) async throws {
        var window = first
        if window == nil { window = try await due.next() }
        var session: SubmissionSession?
        while let current = window {
            CrashPoint.windowRead.reached()
            guard await queueLimit.enter(current.deliveries.count) else { break }
            let (messages, settled) = try await current.messages(now: clock.now())
            CrashPoint.copiesMade.reached()
            for case (let id, .postponed(_, let reason)) in settled {
                distributor.logger.warning("copy \(id) waits, the others go on: \(reason)")
            }
            try await records.settle(settled)
            if !messages.isEmpty { session = try await send(messages, of: current, on: session) }
            await queueLimit.leave(current.deliveries.count)
            CrashPoint.settled.reached()
            if await records.isStopped || Task.isShuttingDownGracefully || isOnly { break }
            window = try await due.next()
        }
        await session?.quit()
    }

    /// Sends the copies of one window, and records their outcomes.
    private func send(
        _ messages: [SubmissionMessage],
        of window: DueDeliveries.Window,
        on session: SubmissionSession?
    ) async throws -> SubmissionSession {
        var open: SubmissionSession
        if let session, await session.isUsable {
            open = session
        } else {
            do {
                open = try await connect()
            } catch {
                // They stay due: the distributor waits, not each copy.
                let now = clock.now()
                try await records.settle(
                    window.deliveries.map {
                        ($0.id, .postponed(until: now, reason: "connection: \(error)"))
                    }
                )
                throw error
            }
        }
        let attempts = try await records.open(messages.map(\.id))
        // A subscriber can have left since the copies were read.
        let owed = messages.filter { attempts.counts[$0.id] != nil }
        var outcomes = await open.send(owed)
        // Postfix closes idle sessions, so try the batch once on a new one.
        if outcomes.allSatisfy({ $0.outcome == .notSent }), !owed.isEmpty,
            let other = try? await connect()
        {
            open = other
            outcomes = await open.send(owed)
        }
        CrashPoint.copiesSent.reached()
        let deliveries = Dictionary(
            window.deliveries.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        try await records.settle(
            outcomes.compactMap { item in deliveries[item.id].map { ($0, item.outcome) } },
            of: attempts
        )
        return open
    }

    private func connect() async throws -> SubmissionSession {
        try await SubmissionSession.connect(
            to: distributor.postfix.submission,
            logger: distributor.logger
        )
    }
}
