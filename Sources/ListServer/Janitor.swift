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
        for await _ in Ticks.every(seconds: Self.interval).cancelOnGracefulShutdown() {
            do {
                try await pool.run { [store, clock] in try store.prune(now: clock()) }
            } catch {
                logger.error("cannot prune the store: \(error)")
            }
        }
        keys.stopAgents()
    }
}
