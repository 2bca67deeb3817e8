import Administration
import ArgumentParser
import Foundation
import ListServer
import MailingList

/// What every command about the lists of a host can be given.
struct ActOptions: ParsableArguments {
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions
}

/// A command that asks for one act of ``ListHost`` and prints its result.
protocol ActCommand: ParsableCommand {
    associatedtype Report: Encodable & Sendable

    var options: ActOptions { get }
    /// Carries the act out.
    func act(on host: ListHost) throws -> ActResult<Report>
    /// What is printed without `--json`.
    func lines(of report: Report) -> [String]
    /// How the command exits if the act was carried out.
    func exitCode(for report: Report) -> ExitCode
}

extension ActCommand {
    func exitCode(for report: Report) -> ExitCode { .success }

    func run() throws {
        let host = try options.state.host()
        // The daemon may be at work with the same agents.
        defer { host.keys.stopAgents(startedHere: true) }
        let result = try act(on: host)
        try options.output.print(result, or: lines)
        let code = exitCode(for: result.report)
        guard code == .success else { throw code }
    }
}

/// The list that a command is about.
struct ListArgument: ParsableArguments {
    @Argument(help: "The posting address of the list.")
    var list: String
}

/// A command about one list.
protocol ListActCommand: ActCommand {
    var target: ListArgument { get }
    /// Carries the act out.
    func act(on list: MailingList, of host: ListHost) throws -> ActResult<Report>
}

extension ListActCommand {
    func act(on host: ListHost) throws -> ActResult<Report> {
        try act(on: host.list(at: target.list), of: host)
    }
}

/// The person that a command is about.
struct PersonArguments: ParsableArguments {
    @Argument(help: "The posting address of the list.")
    var list: String
    @Argument(help: "The person's address.")
    var address: String
}

/// A command about one person of a list.
protocol PersonActCommand: ActCommand {
    var target: PersonArguments { get }
    /// Carries the act out.
    func act(
        on person: Subscriber,
        in list: MailingList,
        of host: ListHost
    ) throws -> ActResult<Report>
}

extension PersonActCommand {
    func act(on host: ListHost) throws -> ActResult<Report> {
        let list = try host.list(at: target.list)
        let person = try host.person(at: ListHost.address(target.address), of: list)
        return try act(on: person, in: list, of: host)
    }
}
