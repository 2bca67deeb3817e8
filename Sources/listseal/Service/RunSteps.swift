import Administration
import ArgumentParser
import ListServer
import Milter
import SMTP
import ServiceLifecycle

/// The command `listseal steps`.
struct RunSteps: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steps",
        abstract: "Run the programs of 'exec:' steps for the daemon, beside it.",
        discussion: """
            A program reads one JSON object from its standard input. It exits with 0 to accept, 1 \
            to reject, and 75 to be asked again later; the first line that it prints is the \
            reason. The program lies in the directory of programs; only root may be able to change \
            the two.
            """
    )

    @Option(help: ArgumentHelp("Where the daemon asks.", valueName: "unix:PATH"))
    var socket = ServeSockets.standardSteps
    @Option(help: "The directory of the programs; no other program is run.")
    var programs = "/usr/local/lib/listseal"
    @Option(help: "Seconds that a program may run, 1 to 50.")
    var timeout = 30
    @OptionGroup var log: LogOptions

    func validate() throws {
        guard (1...50).contains(timeout), programs.hasPrefix("/") else {
            throw ValidationError("--timeout is from 1 to 50, --programs an absolute path.")
        }
    }

    func run() throws {
        HangupSignal.ignore()
        guard let socket = SocketPath(socket) else {
            throw ActFailure(
                .malformed,
                "--socket cannot be \(socket)",
                hint: "write unix:/path"
            )
        }
        let folder = ProgramFolder(path: programs, timeout: timeout)
        let logger = log.logger("listseal-steps")
        let server = StepServer(socket: socket, logger: logger) { try folder.run($0) }
        try ServiceGroup(services: [server], logger: logger).runWhileMainThreadWaits()
    }
}
