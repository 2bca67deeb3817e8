import Administration
import ArgumentParser
import MailingList

/// The command `listseal subscriber add`.
struct SubscriberAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add one person with their key, or many at once.",
        discussion: """
            One: listseal subscriber add LIST ADDRESS --key FILE
            Many from a table with lines 'ADDRESS,KEYFILE': --csv FILE
            Many from a folder of files named 'ADDRESS.asc': --keys FOLDER
            Somebody who is on the list already keeps their roles and gets the new key. Of many, \
            the command names those that cannot be added at the end, and adds the others.
            """
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The person's address.")
    var address: String?
    @Option(help: "The person's public key, a file.")
    var key: String?
    @Option(help: "A table of addresses and key files.")
    var csv: String?
    @Option(help: "A folder of key files, named by address.")
    var keys: String?
    @Option(
        help: "A role, repeatable. Owners and moderators receive posts only as subscribers too."
    )
    var role: [RoleArgument] = []
    @OptionGroup var options: ActOptions

    func validate() throws {
        let isOne = address != nil && key != nil && csv == nil && keys == nil
        let isMany = address == nil && key == nil && (csv == nil) != (keys == nil)
        guard isOne || isMany else {
            throw ValidationError("Give ADDRESS and --key, or --csv, or --keys.")
        }
    }

    func run() throws {
        let host = try options.state.presentHost()
        let list = try host.list(at: target.list)
        let roles = role.isEmpty ? .subscriber : Subscriber.Roles(role.map(\.role))
        if let address, let key {
            let file = try KeyFile(reading: key)
            let result = try host.add(ListHost.address(address), key: file, roles: roles, to: list)
            return try options.output.print(result) { [$0.line] }
        }
        let table = try csv.map(PeopleTable.init(csv:)) ?? PeopleTable(folder: keys ?? "")
        var bar = ProgressBar(label: "keys")
        let result = host.add(table, roles: roles, to: list) { bar.advance(of: table.rows.count) }
        bar.finish()
        try options.output.print(result) { people in
            ["\(people.added.count) added, \(people.failed.count) not"]
                + people.failed.map {
                    "\($0.address): " + $0.reason.replacing("\n", with: "; ")
                }
        }
        if !result.report.failed.isEmpty { throw ExitCode.failure }
    }
}
