import Administration
import ArgumentParser
import MailingList

/// The command `listseal list set`.
struct ListSet: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change a setting of a list.",
        discussion: ListSettings.table
            .map { "\($0.name): \($0.summary) \($0.type)." }
            .joined(separator: "\n")
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The name of the setting.")
    var name: String
    @Argument(help: "Its new value.")
    var value: String
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ListReport> {
        try host.set(name, to: value, of: list)
    }

    func lines(of report: ListReport) -> [String] {
        ["\(name) = \(report.settings[name] ?? "")"]
    }
}

/// The command `listseal list pause`.
struct ListPause: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Ask the servers that bring posts and commands to try again later.",
        discussion: "Copies are still delivered, and mail to the owners is still accepted."
    )

    @OptionGroup var target: ListArgument
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ListReport> {
        try host.setPaused(true, list)
    }

    func lines(of report: ListReport) -> [String] { ["\(report.address) is paused"] }
}

/// The command `listseal list resume`.
struct ListResume: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Accept posts and commands again."
    )

    @OptionGroup var target: ListArgument
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ListReport> {
        try host.setPaused(false, list)
    }

    func lines(of report: ListReport) -> [String] { ["\(report.address) accepts posts"] }
}
