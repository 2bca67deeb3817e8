import Administration
import ArgumentParser
import Foundation
import ListServer
import Logging
import MailingList
import Milter
import NIOConcurrencyHelpers
import PostfixSetup
import ServiceLifecycle
import Unix
import UnixSignals

/// The command `listseal serve`.
///
/// Not an asynchronous command: the main thread must stay, with SIGHUP
/// unblocked, or libmilter's own signal thread takes that for the end.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the daemon.",
        discussion: """
            A socket that you do not name is the one that 'listseal postfix setup' has recorded. \
            On TERM the daemon replies to the messages that it has accepted and stops; on USR1 it \
            reopens the log of outcomes; on HUP it does nothing.
            """
    )

    @Option(help: ArgumentHelp("Where Postfix reaches the milter.", valueName: "unix:PATH"))
    var milterSocket: String?
    @Option(help: ArgumentHelp("Where Postfix reaches the LMTP gate.", valueName: "unix:PATH"))
    var gateSocket: String?
    @Option(help: ArgumentHelp("Where Postfix accepts copies.", valueName: "unix:PATH"))
    var submissionSocket: String?
    @Option(help: ArgumentHelp("Where 'listseal steps' listens.", valueName: "unix:PATH"))
    var stepsSocket: String?
    @Option(
        help: "How many messages are opened at once, 1 to 256; twice the processors if not given."
    )
    var openings: Int?
    @Option(help: "How many connections deliver copies to Postfix, 1 to 64.")
    var sessions = 3
    @Option(help: "How many copies may wait in Postfix's queue; the others wait in the store.")
    var queued = 2000
    @OptionGroup var log: LogOptions
    @OptionGroup var state: StateOptions

    func validate() throws {
        guard (1...64).contains(sessions), (1...256).contains(openings ?? 1), queued > 0 else {
            throw ValidationError(
                "--sessions is from 1 to 64, --openings from 1 to 256, --queued at least 1."
            )
        }
    }

    func run() throws {
        HangupSignal.ignore()
        ProcessHardening.forbidCoreDumps()
        let logger = log.logger("listseal")
        let openings = openings ?? 2 * ProcessInfo.processInfo.activeProcessorCount
        try Self.checkThreads(openings)
        let host = try state.host()
        guard let lock = try StateLock(of: host.state) else {
            throw ActFailure(
                .inUse,
                "another daemon serves the state \(host.state.path)",
                hint: "stop it first, as with 'systemctl stop listseal'"
            )
        }
        try withExtendedLifetime(lock) { try serve(host, logger, openings: openings) }
    }

    private func serve(_ host: ListHost, _ logger: Logger, openings: Int) throws {
        let sockets = try ServeSockets(
            installation: PostfixInstallation.load(state: host.state.path),
            milter: milterSocket,
            gate: gateSocket,
            submission: submissionSocket,
            steps: stepsSocket
        )
        let daemon = Daemon(
            host: host,
            sockets: sockets,
            openings: openings,
            sessions: sessions,
            queued: queued,
            logger: logger
        )
        try daemon.checkClock()
        let isLost = NIOLockedValueBox(false)
        try daemon.serviceGroup { isLost.withLockedValue { $0 = true } }.runWhileMainThreadWaits()
        host.keys.stopAgents()
        guard isLost.withLockedValue({ $0 }) else { return }
        ProcessHardening.restart()
        throw ActFailure(
            .file,
            "the daemon's sockets are gone, and it cannot start anew",
            hint: "start it: 'systemctl restart listseal'"
        )
    }

    /// Throws ``ActFailure`` of kind `notAllowed` if the threads of all services cannot start.
    private static func checkThreads(_ openings: Int) throws {
        let count = 4 * openings + 4 * ProcessInfo.processInfo.activeProcessorCount + 16
        guard ThreadReserve.isAvailable(count) else {
            throw ActFailure(
                .notAllowed,
                "the daemon needs \(count) threads, and the system gives it fewer",
                hint: "raise TasksMax of the unit or the user's limit of processes (ulimit -u)"
            )
        }
    }
}
