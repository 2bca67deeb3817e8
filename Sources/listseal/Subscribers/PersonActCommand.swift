import Administration
import ArgumentParser
import MailingList

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

/// A command that changes one person and prints them in one line.
protocol PersonChangeCommand: PersonActCommand where Report == PersonReport {}

extension PersonChangeCommand {
    func lines(of report: PersonReport) -> [String] { [report.line] }
}
