import Administration
import ArgumentParser
import MailingList

/// The command `listseal contact`.
struct ExternalContactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact",
        abstract: "Set the key of an address outside a list, for posts that are sent on to it.",
        subcommands: [ExternalContactAdd.self, ExternalContactRemove.self],
        aliases: ["outsider"]
    )
}

/// The command `listseal contact add`.
struct ExternalContactAdd: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Bind a key to an address outside the list, in place of another."
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The address outside.")
    var address: String
    @Option(help: "Its public key, a file; the names in the key do not matter.")
    var key: String
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ExternalContactReport> {
        try host.bindKey(KeyFile(reading: key), to: ListHost.address(address), in: list)
    }

    func lines(of contact: ExternalContactReport) -> [String] { [contact.line] }
}

/// The command `listseal contact remove`.
struct ExternalContactRemove: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget the key of an address outside the list."
    )

    @OptionGroup var target: ListArgument
    @Argument(help: "The address outside.")
    var address: String
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<ExternalContactReport> {
        try host.unbindKey(of: ListHost.address(address), in: list)
    }

    func lines(of contact: ExternalContactReport) -> [String] { [contact.line] }
}

/// The command `listseal contacts`.
struct ExternalContacts: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts",
        abstract: "Print which addresses outside a list have a key, and which.",
        aliases: ["outsiders"]
    )

    @OptionGroup var target: ListArgument
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<[ExternalContactReport]> {
        try host.externalContacts(of: list)
    }

    func lines(of contacts: [ExternalContactReport]) -> [String] { contacts.map(\.line) }
}

extension ExternalContactReport {
    fileprivate var line: String { "\(address)  \(fingerprint)" }
}
