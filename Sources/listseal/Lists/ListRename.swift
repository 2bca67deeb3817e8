import Administration
import ArgumentParser
import MailingList

/// The command `listseal list rename`.
struct ListRename: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a list another address.",
        discussion: """
            Mail to the old address still reaches the list, until 'listseal list alias remove' \
            removes it. The key stays the same, and names the new address too. List-Id stays the \
            same: filters and threads keep working. Everybody on the list is told.
            """
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The new address.")
    var address: String
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ListReport> {
        try host.rename(list, to: ListHost.address(address))
    }

    func lines(of report: ListReport) -> [String] {
        [
            "the list's address is \(report.address) now; mail to \(target.list) still reaches it",
            "Publish the key again where you have published it: 'listseal list export-key', "
                + "'listseal wkd export'.",
        ]
    }
}
