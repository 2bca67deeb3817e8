public import Foundation
public import Logging
public import MailingList
public import ServiceLifecycle
import Unix

/// Deletes expired records, retires old keys, and stops unused gpg-agents.
public struct Janitor: Service {
    /// The seconds between two rounds.
    static let interval = 600

    let store: any ListStore
    let keys: ListKeys
    let retirement: KeyRetirement
    let clock: @Sendable () -> Date
    let jumps: ClockJumpDetector
    let logger: Logger

    /// Makes a service, which starts in ``run()``.
    public init(
        store: any ListStore,
        keys: ListKeys,
        retirement: KeyRetirement,
        clock: @escaping @Sendable () -> Date,
        jumps: ClockJumpDetector,
        logger: Logger
    ) {
        self.store = store
        self.keys = keys
        self.retirement = retirement
        self.clock = clock
        self.jumps = jumps
        self.logger = logger
    }

    /// Runs rounds until shutdown.
    public func run() async throws {
        let pool = BlockingPool()
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            do {
                let failures = try await pool.run { [store, clock, jumps, retirement] in
                    let jump = jumps.jump()
                    // With a clock that may be ahead nothing is forgotten either.
                    guard jump != nil || jumps.doubt() == nil else {
                        return try retirement.watch(now: clock())
                    }
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
                logger.error("cannot keep house: \(PlainWords.of(error))")
            }
        }
        try? await pool.run { [keys] in keys.stopAgents() }
    }

    /// Does one round in the store, which deletes nothing while the clock is not trusted.
    static func keepHouse(in store: any ListStore, now: Date, jump: TimeInterval?) throws {
        if let jump { return try store.raise(.clock, detail: Self.detail(jump), now: now) }
        try store.clear(.clock)
        try store.prune(now: now)
    }

    /// The alarm text about a clock that was set.
    static func detail(_ jump: TimeInterval) -> String {
        jump > 0
            ? "the clock was set ahead by \(Int(jump.rounded())) seconds; it is believed when a "
                + "time service has synchronised it, or after 'listseal accept-clock'"
            : "the clock was set back by \(Int(-jump.rounded())) seconds; it is believed when that "
                + "has held for an hour"
    }

    /// The alarm text about a clock that was far ahead at the start.
    static func detail(ofDoubt gap: TimeInterval) -> String {
        "the clock is \(Int(gap / 3600)) hours ahead of the last time that the store recorded, no "
            + "time service has synchronised it, and signatures look too old"
    }
}
