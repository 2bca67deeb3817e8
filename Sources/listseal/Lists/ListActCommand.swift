import Administration
import ArgumentParser
import MailingList

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
