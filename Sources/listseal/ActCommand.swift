import Administration
import ArgumentParser
import Foundation
import ListServer

/// What every command about the lists of a host can be given.
struct ActOptions: ParsableArguments {
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions
}

/// A command that asks for one act of ``ListHost`` and prints its result.
protocol ActCommand: ParsableCommand {
    associatedtype Report: Encodable & Sendable

    /// Whether the command makes a state where there is none.
    static var makesState: Bool { get }
    var options: ActOptions { get }
    /// Carries the act out.
    func act(on host: ListHost) throws -> ActResult<Report>
    /// What is printed without `--json`.
    func lines(of report: Report) -> [String]
    /// How the command exits if the act was carried out.
    func exitCode(for report: Report) -> ExitCode
}

extension ActCommand {
    static var makesState: Bool { false }

    func exitCode(for report: Report) -> ExitCode { .success }

    func run() throws {
        let host = try Self.makesState ? options.state.host() : options.state.presentHost()
        // The daemon may be at work with the same agents.
        defer { host.keys.stopAgents(startedHere: true) }
        let result = try act(on: host)
        try options.output.print(result, or: lines)
        let code = exitCode(for: result.report)
        guard code == .success else { throw code }
    }
}
