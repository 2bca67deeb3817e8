import ArgumentParser
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal list renew-key`.
struct ListRenewKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew-key",
        abstract: "Let the list's key end at another time, or never.",
        discussion: """
            The key stays the same. People whose programs know the old end need it anew: send \
            them 'listseal list export-key', or let them send 'key receive' to LIST-request.
            """
    )

    @Argument(help: "The posting address.")
    var list: String
    @Option(help: "In how many days it ends, from now; never, if this is not given.")
    var days: Int?
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Renewed: Encodable {
        let address: String
        let fingerprint: String
        let expires: Date?
    }

    func validate() throws {
        if let days, !(1...36_500).contains(days) {
            throw ValidationError("--days is from 1 to 36500.")
        }
    }

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let keyring = administration.keys.keyring(of: target)
        defer { administration.keys.stopAgents(startedHere: true) }
        let now = Date()
        try keyring.setExpiry(
            days.map { now.addingTimeInterval(TimeInterval($0) * 86_400) },
            now: now
        )
        let expires = try keyring.expires()
        try output.print(
            Renewed(
                address: target.address.description,
                fingerprint: target.fingerprint.description,
                expires: expires
            ),
            or: [
                "the key of \(target.address) "
                    + (expires.map { "ends \(OutputOptions.time($0))" } ?? "does not end"),
                "its new form: listseal list export-key \(target.address)",
            ]
        )
    }
}
