import ArgumentParser
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal list delete`.
struct ListDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a list, its key, and all that is owed.",
        discussion: """
            The secret key is destroyed: mail that is encrypted to it can never be read again. \
            The revocation certificate stays.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Flag(help: "Do it; without this it only says what it would do.")
    var yes = false
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Deleted: Encodable {
        let address: String
        let isDeleted: Bool
        let owedCopies: Int
    }

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let owed = try administration.store
            .owedCopies(of: target.id, after: 0, limit: 1_000_000).count
        if yes {
            // The keys first: if the rest fails, the list can still be deleted,
            // and nothing more can be opened.
            for number in 0...target.keyNumber + 1 {
                let home = administration.state.keyHome(of: target.id, key: number)
                guard FileManager.default.fileExists(atPath: home) else { continue }
                ListKeyring(
                    home: home,
                    fingerprint: target.fingerprint,
                    engine: administration.keys.engine
                ).stopAgent()
                try FileManager.default.removeItem(atPath: home)
            }
            try administration.store.deleteList(target.id)
            if let advice = try PostfixMap.update(administration) { OutputOptions.note(advice) }
        }
        try output.print(
            Deleted(address: target.address.description, isDeleted: yes, owedCopies: owed),
            or: [
                yes
                    ? "\(target.address) and \(owed) owed copies are deleted"
                    : "this would delete \(target.address) and \(owed) owed copies; add --yes"
            ]
        )
    }
}
