import Administration
import ArgumentParser
import Foundation
import ListServer
import Logging
import MailingList
import Milter
import PostfixSetup
import ServiceLifecycle
import UnixSignals

/// The command `listseal serve`.
///
/// Not an asynchronous command: the main thread must stay, with SIGHUP
/// unblocked, or libmilter's own signal thread takes that for the end.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the daemon.",
        discussion: """
            Sockets that are not named are those that 'listseal postfix setup' wrote down. TERM \
            ends it after the answers that are still owed, USR1 reopens the decision log, HUP does \
            nothing.
            """
    )

    @Option(help: ArgumentHelp("Where Postfix reaches the milter.", valueName: "unix:PATH"))
    var milterSocket: String?
    @Option(help: ArgumentHelp("Where Postfix reaches the LMTP gate.", valueName: "unix:PATH"))
    var gateSocket: String?
    @Option(help: ArgumentHelp("Where Postfix takes our copies.", valueName: "unix:PATH"))
    var submissionSocket: String?
    @Option(help: ArgumentHelp("Where 'listseal steps' listens.", valueName: "unix:PATH"))
    var stepsSocket: String?
    @Option(help: "How many messages are opened at once; twice the processors if not given.")
    var openings: Int?
    @Option(help: "Connections to Postfix for copies.")
    var sessions = 3
    @Option(help: "Copies that may wait in Postfix's queue; what is over stays owed here.")
    var queued = 2000
    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = "notice"
    @OptionGroup var state: StateOptions

    func validate() throws {
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("There is no log level \(logLevel).")
        }
        guard (1...64).contains(sessions), (1...256).contains(openings ?? 1), queued > 0 else {
            throw ValidationError("--sessions takes 1 to 64, --openings 1 to 256, --queued 1.")
        }
    }

    func run() throws {
        HangupSignal.ignore()
        ProcessHardening.forbidCoreDumps()
        let level = Logger.Level(rawValue: logLevel) ?? .notice
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let logger = Logger(label: "listseal")
        let host = try state.host()
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
            openings: openings ?? 2 * ProcessInfo.processInfo.activeProcessorCount,
            sessions: sessions,
            queued: queued,
            logger: logger
        )
        try daemon.checkClock()
        try daemon.serviceGroup().runWhileMainThreadWaits()
        host.keys.stopAgents()
    }
}
