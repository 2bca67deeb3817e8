public import Foundation
public import Logging
public import MailingList
public import SMTP
public import ServiceLifecycle

/// Makes the copy of each due delivery and submits it to Postfix.
///
/// It reads deliveries in windows, so memory does not grow with a list. It removes a
/// delivery only after Postfix replied 250, in one transaction for a window. Before it sends a
/// window it writes to the store, so nothing is sent while the outcome cannot be recorded.
/// After a crash at most sessions × window copies are sent twice, with the same Message-ID and
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
        /// The seconds without an accepted copy, while attempts fail, before an alarm is raised.
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
        let steady = SteadyClock(clock: clock)
        let pool = BlockingPool()
        let alarms = DistributionAlarms(
            store: store,
            pool: pool,
            clock: steady,
            patience: limits.patience
        )
        let pass = DistributionPass(
            distributor: self,
            clock: steady,
            records: DeliveryRecords(
                store: store,
                pool: pool,
                clock: steady,
                alarms: alarms,
                logger: logger
            )
        )
        let ticker = Task { [wakeUp, limits] in
            while !Task.isCancelled {
                wakeUp.signal()
                try await Task.sleep(for: .seconds(limits.poll))
            }
        }
        defer { ticker.cancel() }
        var failing = FailureRun(.passes)
        var (isStarted, wasFull) = (false, false)
        for await _ in wakeUp.signals.cancelOnGracefulShutdown() {
            do {
                if !isStarted {
                    try await endOldPauses(pool)
                    isStarted = true
                }
                try await alarms.check()
            } catch {
                logger.warning("the store cannot be asked about copies: \(error)")
            }
            guard failing.mayTry(at: steady.instant) else { continue }
            do {
                let result = try await pass.run(isProbe: failing.isFailing)
                switch result.kind {
                case .worked: failing.end()
                case .failed:
                    failing.extend(at: steady.instant)
                    logger.warning("copies stay owed: \(alarms.reason ?? "no reason is known")")
                case .idle: break
                }
                logFull(result.isFull, wasFull)
                wasFull = result.isFull
                // A probe sends one copy; the others follow at once.
                if case .worked = result.kind, result.isProbe { wakeUp.signal() }
            } catch {
                failing.extend(at: steady.instant)
                if !(error is DistributionHalted) { alarms.failed("\(error)") }
                logger.warning("copies stay owed: \(error)")
            }
        }
        try? await pass.records.flush()
    }

    // If the host's clock was set back while no daemon ran, pauses would last as long.
    private func endOldPauses(_ pool: BlockingPool) async throws {
        let (store, now) = (store, clock())
        let end = now.addingTimeInterval(Backoff.copies.longest)
        try await pool.run { try store.endPauses(after: end, now: now) }
    }

    // Log the start and the end, not each pass.
    private func logFull(_ isFull: Bool, _ wasFull: Bool) {
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
    }
}
