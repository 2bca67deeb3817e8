import Administration
import ArgumentParser
import Foundation
import ListServer
import Logging
import Milter
import SMTP
import ServiceLifecycle

/// The command `listseal steps`.
struct RunSteps: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steps",
        abstract: "Run the programs of 'exec:' steps for the daemon, beside it.",
        discussion: """
            A program reads one JSON object on its standard input. It ends with 0 to accept, 1 to \
            reject, 75 to be asked again later; the first line that it prints is the reason. It \
            must lie in the directory of programs, which like the program only root may change.
            """
    )

    @Option(help: ArgumentHelp("Where the daemon asks.", valueName: "unix:PATH"))
    var socket = ServeSockets.standardSteps
    @Option(help: "Where programs lie; no other is run.")
    var programs = "/usr/local/lib/listseal"
    @Option(help: "Seconds that a program may run, 1 to 50.")
    var timeout = 30
    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = "notice"

    func validate() throws {
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("There is no log level \(logLevel).")
        }
        guard (1...50).contains(timeout), programs.hasPrefix("/") else {
            throw ValidationError("--timeout takes 1 to 50, --programs an absolute path.")
        }
    }

    func run() throws {
        HangupSignal.ignore()
        let level = Logger.Level(rawValue: logLevel) ?? .notice
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        guard let socket = SocketPath(socket) else {
            throw ActFailure(
                .malformed,
                "--socket cannot be \(socket)",
                hint: "write unix:/path"
            )
        }
        let folder = ProgramFolder(path: programs, timeout: timeout)
        let logger = Logger(label: "listseal-steps")
        let server = StepServer(socket: socket, logger: logger) { try folder.run($0) }
        try ServiceGroup(services: [server], logger: logger).runWhileMainThreadWaits()
    }
}
