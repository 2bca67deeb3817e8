import Dispatch
import Logging
import Milter
import SMTP
import ServiceLifecycle
import UnixSignals

/// A milter in a process of its own, built like the daemon, for signals to hit.
///
/// `MilterProbe SOCKET [unprotected]`; refuses each message, after as many
/// milliseconds as `DELAY=` in MAIL FROM says.
@main
enum MilterProbe {
    static func main() {
        serve(CommandLine.arguments)
    }

    // Not in main(), which belongs to the main actor: tasks begun there would
    // wait for the main thread, which waits for them.
    private static func serve(_ arguments: [String]) {
        if !arguments.contains("unprotected") { HangupSignal.ignore() }
        // A signal that something else in the process watches.
        let source = DispatchSource.makeSignalSource(signal: UnixSignal.sigusr1.rawValue)
        source.setEventHandler {}
        source.activate()
        let logger = Logger(label: "probe", factory: { StreamLogHandler.standardError(label: $0) })
        let milter = MilterService(
            socket: "unix:\(arguments[1])",
            socketMode: 0o600,
            drainLimit: .seconds(20),
            logger: logger
        ) { ProbeSession() }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: milter,
                        successTerminationBehavior: .gracefullyShutdownGroup
                    )
                ],
                logger: logger
            )
        )
        do {
            try group.runWhileMainThreadWaits()
        } catch {
            logger.critical("\(error)")
        }
        source.cancel()
    }
}
