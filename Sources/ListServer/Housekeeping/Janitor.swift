public import Foundation
public import Logging
public import MailingList
public import ServiceLifecycle

/// Deletes expired records, retires old keys, and stops unused gpg-agents.
public struct Janitor: Service {
    /// The seconds between two rounds.
    static let interval = 600

    let store: any ListStore
    let keys: ListKeys
    let retirement: KeyRetirement
    let clock: @Sendable () -> Date
    let watch: ClockJumpDetector
    let logger: Logger

    /// Makes a service, which starts in ``run()``.
    public init(
        store: any ListStore,
        keys: ListKeys,
        retirement: KeyRetirement,
        clock: @escaping @Sendable () -> Date,
        watch: ClockJumpDetector,
        logger: Logger
    ) {
        self.store = store
        self.keys = keys
        self.retirement = retirement
        self.clock = clock
        self.watch = watch
        self.logger = logger
    }

    /// Runs rounds until shutdown.
    public func run() async throws {
        let pool = BlockingPool()
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            do {
                let failures = try await pool.run { [store, clock, watch, retirement] in
                    let jump = watch.jump()
                    try Self.keepHouse(in: store, now: clock(), jump: jump)
                    // A clock that is ahead must not destroy a key too early.
                    let old = jump == nil ? try retirement.retire(now: clock()) : []
                    return try old + retirement.watch(now: clock())
                }
                for failure in failures {
                    logger.error(
                        "cannot look after the key of a list, and try again in ten minutes: \(failure)"
                    )
                }
            } catch {
                logger.error("cannot keep house: \(error)")
            }
        }
        keys.stopAgents()
    }

    /// Does one round in the store, which deletes nothing while the clock is not trusted.
    static func keepHouse(in store: any ListStore, now: Date, jump: TimeInterval?) throws {
        if let jump { return try store.raise(.clock, detail: Self.detail(jump), now: now) }
        try store.clear(.clock)
        try store.prune(now: now)
    }

    /// The alarm text about a clock that was set.
    static func detail(_ jump: TimeInterval) -> String {
        "the clock was set \(jump > 0 ? "ahead" : "back") by \(Int(abs(jump).rounded())) seconds; "
            + "it is believed when that has held for an hour"
    }
}
