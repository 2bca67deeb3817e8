public import Logging
public import ServiceLifecycle
import Unix
import UnixSignals

/// Reopens the outcome log and reads Postfix's limit at SIGUSR1, the daemon's "reload".
///
/// The daemon reads lists, people and settings from the store at each use, so nothing else
/// needs a reload. SIGHUP cannot be used: it stops libmilter.
public struct ReloadService: Service {
    let log: OutcomeLog
    let copyLimit: CopyLimit
    let logger: Logger

    /// Makes a service that reopens this log and reads this limit.
    public init(log: OutcomeLog, copyLimit: CopyLimit, logger: Logger) {
        self.log = log
        self.copyLimit = copyLimit
        self.logger = logger
    }

    /// Waits for signals until shutdown.
    public func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sigusr1).cancelOnGracefulShutdown() {
            try await BlockingPool().run { copyLimit.refresh() }
            do {
                try log.reopen()
                logger.notice("the decision log is open anew")
            } catch {
                logger.error("the decision log cannot be opened: \(PlainWords.of(error))")
            }
        }
    }
}
