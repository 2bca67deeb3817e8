import Administration
import ArgumentParser
import MailingList

/// The command `listseal list renew-key`.
struct ListRenewKey: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew-key",
        abstract: "Let the list's key expire at another time, or never.",
        discussion: """
            The key stays the same. Mail programs that know its old expiry need it again: send \
            people what 'listseal list export-key' prints, or let them send 'key receive' to \
            LIST-request.
            """
    )

    @OptionGroup var target: ListArgument
    @Option(help: "In how many days the key expires, from now; never, if this is not given.")
    var days: Int?
    @OptionGroup var options: ActOptions

    func validate() throws {
        guard days.map((1...36_500).contains) ?? true else {
            throw ValidationError("--days is from 1 to 36500.")
        }
    }

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<RenewedKey> {
        try host.renewKey(of: list, days: days)
    }

    func lines(of key: RenewedKey) -> [String] {
        [
            "the key of \(key.address) "
                + (key.expires.map { "expires on \($0.readable)" } ?? "does not expire"),
            "to print the renewed key: listseal list export-key \(key.address)",
        ]
    }
}
