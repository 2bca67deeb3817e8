public import Foundation
public import Logging
public import MailingList
public import ServiceLifecycle

/// Forgets what has had its time, and ends agents that nobody uses.
public struct Janitor: Service {
    /// Seconds between two rounds.
    static let interval = 600

    let store: any ListStore
    let keys: ListKeys
    let clock: @Sendable () -> Date
    let logger: Logger

    /// Builds the service.
    public init(
        store: any ListStore,
        keys: ListKeys,
        clock: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        self.keys = keys
        self.clock = clock
        self.logger = logger
    }

    /// Keeps house until shutdown.
    public func run() async throws {
        let pool = BlockingPool()
        let (steady, start) = (ContinuousClock(), ContinuousClock().now)
        let watch = ClockWatch(wall: clock(), steady: .zero)
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            do {
                let jump = watch.jump(wall: clock(), steady: start.duration(to: steady.now))
                try await pool.run { [store, clock] in
                    try Self.keepHouse(in: store, now: clock(), jump: jump)
                }
            } catch {
                logger.error("cannot prune the store: \(error)")
            }
        }
        keys.stopAgents()
    }

    /// One round; nothing is forgotten while the clock is not to be believed.
    static func keepHouse(in store: any ListStore, now: Date, jump: TimeInterval?) throws {
        guard jump == nil else {
            return try store.raise(
                .clock,
                detail: "the clock was set by \(Int(jump ?? 0)) seconds while the daemon ran",
                now: now
            )
        }
        if let latest = try store.latestTime(),
            latest
                > now.addingTimeInterval(
                    FreshnessPolicy.allowedSkew
                )
        {
            return
        }
        try store.clear(.clock)
        try store.prune(now: now)
    }
}
