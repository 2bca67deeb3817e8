import ArgumentParser
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal list rename`.
struct ListRename: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a list another address.",
        discussion: """
            Mail to the old address still comes to the list, until 'listseal list alias remove' \
            takes it away. The key stays, and names the new address too; List-Id stays, so that \
            people's filters and threads hold. Everybody on the list is told.
            """
    )

    @Argument(help: "The posting address as it is.")
    var list: String
    @Argument(help: "The new one.")
    var address: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let new = try administration.freeAddress(address, for: target)
        guard new.description != target.address.description else {
            throw CommandFailure(
                "the list has this address",
                hint: "if Postfix does not know it yet, run 'listseal postfix setup' as root"
            )
        }
        let renamed = target.renamed(to: new)
        guard renamed.aliases.count <= MailingList.maximumAliases else {
            throw CommandFailure.tooManyAliases(of: target)
        }
        let keyring = administration.keys.keyring(of: target)
        defer { administration.keys.stopAgents(startedHere: true) }
        // The key first: nobody may be told of an address that the key does not name.
        try keyring.name(renamed.userIDs, makesPrimary: true)
        let announcement = try administration.sealer().seal(
            announcement: AnswerText(.renamed, ["old-address": .address(target.address)]),
            attaching: ("list-key.asc", try administration.sealer().publishedKey(of: target)),
            of: renamed,
            now: Date()
        )
        do {
            try administration.store.rename(
                target.id,
                to: new,
                announcement: announcement,
                now: Date()
            )
        } catch ListStoreError.tooMany {
            throw CommandFailure.tooManyAliases(of: target)
        }
        if let advice = try PostfixMap.update(administration) { OutputOptions.note(advice) }
        let report = try ListReport(administration.list(at: address), administration)
        try output.print(
            report,
            or: [
                "\(target.address) is \(new) now; mail to the old address still comes",
                "Where the list's key is published, publish it anew: 'listseal list export-key', "
                    + "'listseal wkd export'.",
            ]
        )
    }
}

extension MailingList {
    /// What the list's key calls the list: its address, and that of its service mail.
    var userIDs: [String] {
        let name = settings.displayName.isEmpty ? "" : settings.displayName + " "
        return [address, address(of: .request)].map { "\(name)<\($0)>" }
    }

    /// The same, and what it calls the list at its other addresses.
    var allUserIDs: [String] { userIDs + aliases.flatMap { renamed(to: $0).userIDs } }
}
