public import Logging
public import ServiceLifecycle
import Unix
import UnixSignals

/// Reopens the outcome log at SIGUSR1, which is the daemon's "reload".
///
/// The daemon reads lists, people and settings from the store at each use, so only a
/// rotated log file needs a reload. SIGHUP cannot be used: it stops libmilter.
public struct ReloadService: Service {
    let log: OutcomeLog
    let logger: Logger

    /// Makes a service that reopens this log.
    public init(log: OutcomeLog, logger: Logger) {
        self.log = log
        self.logger = logger
    }

    /// Waits for signals until shutdown.
    public func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sigusr1).cancelOnGracefulShutdown() {
            do {
                try log.reopen()
                logger.notice("the decision log is open anew")
            } catch {
                logger.error("the decision log cannot be opened: \(PlainWords.of(error))")
            }
        }
    }
}
