import ArgumentParser
import MailingList

/// The command `listseal list show`.
struct ListShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a list, its key and its settings."
    )

    @Argument(help: "The posting address.")
    var list: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let report = try ListReport(administration.list(at: list), administration)
        try output.print(report, or: report.lines)
    }
}

/// The command `listseal lists`.
struct Lists: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print all lists.")

    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let reports = try administration.store.lists().map { try ListReport($0, administration) }
        try output.print(reports, or: reports.map { "\($0.address)  \($0.fingerprint)" })
    }
}
