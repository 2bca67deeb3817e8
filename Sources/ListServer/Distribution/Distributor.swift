public import Foundation
public import Logging
public import MailingList
import NIOCore
import OpenPGP
public import SMTP
public import ServiceLifecycle
import Submission

/// Makes the copy of each due delivery and submits it to Postfix.
///
/// It reads deliveries in windows, so memory does not grow with a list. It removes a
/// delivery only after Postfix replied 250, in one transaction for a window. After a
/// crash at most sessions × window copies are sent twice, with the same Message-ID and
/// reverse-path. While Postfix does not run, deliveries stay as they are.
public struct Distributor: Service {
    /// The limits of the distribution.
    public struct Limits: Sendable, Hashable {
        /// Connections to Postfix; two to four saturate two cores.
        public var sessions = 3
        /// The most copies in one window.
        public var window = 20
        /// The most octets in one window.
        public var windowOctets = 8 << 20
        /// The most copies in Postfix's queue; other deliveries stay in the store.
        public var queued = 2000
        /// The seconds between two checks for due deliveries without a wake-up.
        public var poll = 2
        /// The seconds without Postfix before an alarm is raised.
        public var patience: TimeInterval = 60

        /// Makes the default limits.
        public init() {}
    }

    let store: any ListStore
    let sealer: Sealer
    let postfix: PostfixSockets
    /// The limits of the distribution.
    public var limits = Limits()
    let wakeUp: WakeUp
    let engine: EngineAlarm
    let clock: @Sendable () -> Date
    let logger: Logger

    /// The sockets of the Postfix instance that delivers the copies.
    public struct PostfixSockets: Sendable, Hashable {
        /// The socket on which Postfix receives copies.
        public let submission: SocketPath
        /// The socket of showq(8), `public/showq`; nil for no limit of the queue.
        public let queue: String?

        /// Makes the value.
        public init(submission: SocketPath, queue: String?) {
            self.submission = submission
            self.queue = queue
        }
    }

    /// Makes a service, which starts in ``run()``.
    ///
    /// - Parameters:
    ///   - store: Contains the deliveries.
    ///   - sealer: Opens the sealed posts.
    ///   - postfix: The sockets of the Postfix instance that delivers the copies.
    ///   - wakeUp: Wakes the distributor when a delivery is due.
    ///   - engine: The alarm for lists whose posts cannot be opened.
    ///   - clock: Returns the current time.
    ///   - logger: Receives messages that concern no single post.
    public init(
        store: any ListStore,
        sealer: Sealer,
        postfix: PostfixSockets,
        wakeUp: WakeUp,
        engine: EngineAlarm,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        self.sealer = sealer
        self.postfix = postfix
        self.wakeUp = wakeUp
        self.engine = engine
        self.clock = clock
        self.logger = logger
    }

    /// Distributes until shutdown; deliveries that are not sent stay in the store.
    public func run() async throws {
        let records = DeliveryRecords(
            store: store,
            pool: BlockingPool(),
            clock: clock,
            logger: logger
        )
        let ticker = Task { [wakeUp, limits] in
            while !Task.isCancelled {
                wakeUp.signal()
                try await Task.sleep(for: .seconds(limits.poll))
            }
        }
        defer { ticker.cancel() }
        var failing = Backoff()
        var wasFull = false
        for await _ in wakeUp.signals.cancelOnGracefulShutdown() {
            guard failing.mayTry(at: clock()) else { continue }
            do {
                let isFull = try await pass(records)
                failing.end()
                // Log the start and the end, not each pass.
                if isFull, !wasFull {
                    logger.notice(
                        """
                        Postfix has \(limits.queued) copies in its queue: the others stay owed \
                        until it has sent some; 'postqueue -p' says what they wait for
                        """
                    )
                } else if wasFull, !isFull {
                    logger.notice("Postfix's queue has room for copies again")
                }
                wasFull = isFull
            } catch {
                let failed = failing.extend(at: clock())
                logger.warning("copies stay owed: \(error)")
                if failed > limits.patience { try? await records.raise("\(error)") }
            }
        }
    }

    /// Sends all deliveries that are due now.
    ///
    /// - Returns: Whether it ended because Postfix's queue is full.
    private func pass(_ records: DeliveryRecords) async throws -> Bool {
        await records.begin()
        let due = DueDeliveries(
            store: store,
            sealer: sealer,
            limits: limits,
            pool: BlockingPool(),
            engine: engine,
            clock: clock,
            logger: logger
        )
        guard let first = try await due.next() else { return false }
        let queueLimit = PostfixQueueLimit(
            limit: limits.queued,
            queue: postfix.queue.map { QueuedCopies(queue: PostfixQueue(path: $0), store: store) },
            logger: logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<limits.sessions {
                group.addTask {
                    try await work(first: index == 0 ? first : nil, due, queueLimit, records)
                }
            }
            try await group.waitForAll()
        }
        if let reply = await records.halt {
            throw DistributionHalted(reply: reply)
        }
        try await records.finish()
        CrashPoint.passDone.reached()
        return await queueLimit.isFull
    }

    private func work(
        first: DueDeliveries.Window?,
        _ due: DueDeliveries,
        _ queueLimit: PostfixQueueLimit,
        _ records: DeliveryRecords
    ) async throws {
        var window = first
        if window == nil { window = try await due.next() }
        var session: SubmissionSession?
        while let current = window {
            CrashPoint.windowRead.reached()
            guard await queueLimit.enter(current.deliveries.count) else { break }
            let (messages, settled) = try await current.messages(now: clock())
            CrashPoint.copiesMade.reached()
            for case (let id, .postponed(_, let reason)) in settled {
                logger.warning("copy \(id) waits, the others go on: \(reason)")
            }
            var open: SubmissionSession
            if let session, await session.isUsable {
                open = session
            } else {
                open = try await SubmissionSession.connect(to: postfix.submission, logger: logger)
            }
            var outcomes = await open.send(messages)
            // Postfix closes idle sessions, so try the batch once on a new one.
            if outcomes.allSatisfy({ $0.outcome == .notSent }), !messages.isEmpty {
                open = try await SubmissionSession.connect(to: postfix.submission, logger: logger)
                outcomes = await open.send(messages)
            }
            CrashPoint.copiesSent.reached()
            await queueLimit.leave(current.deliveries.count)
            session = open
            let deliveries = Dictionary(
                current.deliveries.map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            try await records.settle(
                outcomes.compactMap { item in deliveries[item.id].map { ($0, item.outcome) } },
                settled: settled
            )
            CrashPoint.settled.reached()
            if await records.halt != nil || Task.isShuttingDownGracefully { break }
            window = try await due.next()
        }
        await session?.quit()
    }
}

/// Postfix refuses all our mail, not one recipient.
struct DistributionHalted: Error, CustomStringConvertible {
    let reply: SMTPReply

    var description: String {
        // The message omits the reply's text, which can name a subscriber.
        "Postfix refuses the copies with \(reply.status). Run 'listseal postfix check', then "
            + "'listseal queue retry'."
    }
}
