import ArgumentParser
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal list alias`.
struct ListAlias: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias",
        abstract: "Addresses at which a list is the same list.",
        subcommands: [ListAliasAdd.self, ListAliasRemove.self]
    )
}

/// The command `listseal list alias add`.
struct ListAliasAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Take mail for a list at another address too, in all its roles.",
        discussion: "Copies come from the list's own address. Its key names the other one too."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "The other one.")
    var address: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let alias = try administration.freeAddress(address)
        guard target.aliases.count < MailingList.maximumAliases else {
            throw CommandFailure.tooManyAliases(of: target)
        }
        defer { administration.keys.stopAgents(startedHere: true) }
        try administration.keys.keyring(of: target)
            .name(target.renamed(to: alias).userIDs, makesPrimary: false)
        do { try administration.store.addAlias(alias, to: target.id) } catch ListStoreError.tooMany
        {
            throw CommandFailure.tooManyAliases(of: target)
        }
        if let advice = try PostfixMap.update(administration) { OutputOptions.note(advice) }
        let report = try ListReport(administration.list(at: list), administration)
        try output.print(
            report,
            or: [
                "mail to \(alias) comes to \(target.address)",
                "The key names it too: publish it anew, 'listseal list export-key'.",
            ]
        )
    }
}

/// The command `listseal list alias remove`.
struct ListAliasRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take no more mail for a list at an address beside its own.",
        discussion: """
            What people still send there is refused, and bounces to it are lost. The list's key \
            goes on to name it.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "The one to take away.")
    var address: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let alias = try administration.address(address)
        guard try administration.store.removeAlias(alias, from: target.id) else {
            throw CommandFailure(
                "\(alias) is no alias of \(target.address)",
                hint: target.aliases.isEmpty
                    ? "it has none"
                    : "it has " + target.aliases.map(\.description).joined(separator: ", ")
            )
        }
        if let advice = try PostfixMap.update(administration) { OutputOptions.note(advice) }
        // By its own address: it may have been named by the one that is gone.
        let report = try ListReport(
            administration.list(at: target.address.description),
            administration
        )
        try output.print(report, or: ["mail to \(alias) is refused from now on"])
    }
}

extension CommandFailure {
    static func taken(_ address: EmailAddress, by list: MailingList) -> Self {
        CommandFailure(
            "\(address) is an address of \(list.address)",
            hint: list.aliases.contains(address)
                ? "choose another, or 'listseal list alias remove \(list.address) \(address)'"
                : "choose another; 'listseal list show \(list.address)' prints the list"
        )
    }

    static func tooManyAliases(of list: MailingList) -> Self {
        CommandFailure(
            "\(list.address) has \(MailingList.maximumAliases) aliases, and can have no more",
            hint: "'listseal list alias remove' takes one away"
        )
    }
}
