import Administration
import ArgumentParser
import MailingList

/// The command `listseal list alias`.
struct ListAlias: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias",
        abstract: "Give a list more addresses, or take them away.",
        subcommands: [ListAliasAdd.self, ListAliasRemove.self]
    )
}

/// The command `listseal list alias add`.
struct ListAliasAdd: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Accept mail for a list at another address too, in all its roles.",
        discussion: "Copies come from the list's own address. Its key names the alias too."
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The other address.")
    var address: String
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ListReport> {
        try host.addAlias(ListHost.address(address), to: list)
    }

    func lines(of report: ListReport) -> [String] {
        [
            "mail to \(address) reaches \(report.address)",
            "The key names the alias too: publish it again, 'listseal list export-key'.",
        ]
    }
}

/// The command `listseal list alias remove`.
struct ListAliasRemove: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "No longer accept mail for a list at an alias.",
        discussion: """
            Mail to the alias is refused, and bounces to it are lost. The list's key still names \
            it.
            """
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The alias to remove.")
    var address: String
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ListReport> {
        try host.removeAlias(ListHost.address(address), from: list)
    }

    func lines(of report: ListReport) -> [String] {
        ["mail to \(address) is refused from now on"]
    }
}
