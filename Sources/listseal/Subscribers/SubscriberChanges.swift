import Administration
import ArgumentParser
import MailingList

/// The command `listseal subscriber set-key`.
struct SubscriberSetKey: PersonChangeCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-key",
        abstract: "Replace a person's key, or update it if it is the same."
    )

    @OptionGroup var target: PersonArguments
    @Option(help: "The person's public key, a file.")
    var key: String
    @OptionGroup var options: ActOptions

    func act(
        on person: Subscriber,
        in list: MailingList,
        of host: ListHost
    ) throws -> ActResult<PersonReport> {
        try host.setKey(KeyFile(reading: key), of: person, in: list)
    }
}

/// The command `listseal subscriber suspend`.
struct SubscriberSuspend: PersonChangeCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Send a person no copies; they stay on the list."
    )

    @OptionGroup var target: PersonArguments
    @OptionGroup var options: ActOptions

    func act(
        on person: Subscriber,
        in list: MailingList,
        of host: ListHost
    ) throws
        -> ActResult<PersonReport>
    { try host.setDelivery(.suspended, of: person, in: list) }
}

/// The command `listseal subscriber resume`.
struct SubscriberResume: PersonChangeCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Send a person copies of later posts again."
    )

    @OptionGroup var target: PersonArguments
    @OptionGroup var options: ActOptions

    func act(
        on person: Subscriber,
        in list: MailingList,
        of host: ListHost
    ) throws
        -> ActResult<PersonReport>
    { try host.setDelivery(.active, of: person, in: list) }
}
