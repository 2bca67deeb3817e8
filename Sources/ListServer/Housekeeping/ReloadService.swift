public import Logging
public import ServiceLifecycle
import UnixSignals

/// Does on SIGUSR1 what an administrator means by "reload".
///
/// Lists, people and settings are read from the store whenever they are needed,
/// so all that is left is the decision log, which may have been moved away. Not
/// on SIGHUP, which libmilter takes for the end.
public struct ReloadService: Service {
    let log: OutcomeLog
    let logger: Logger

    /// Reopens this log.
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
                logger.error("the decision log cannot be opened: \(error)")
            }
        }
    }
}
