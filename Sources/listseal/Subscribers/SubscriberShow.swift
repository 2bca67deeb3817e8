import Administration
import ArgumentParser
import MailingList

/// The command `listseal subscriber show`.
struct SubscriberShow: PersonActCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a person of a list."
    )

    @OptionGroup var target: PersonArguments
    @OptionGroup var options: ActOptions

    func act(
        on person: Subscriber,
        in list: MailingList,
        of host: ListHost
    ) throws
        -> ActResult<PersonReport>
    { try host.show(person) }

    func lines(of report: PersonReport) -> [String] { report.lines }
}

/// The command `listseal subscribers`.
struct Subscribers: ListActCommand {
    static let configuration = CommandConfiguration(abstract: "Print everybody on a list.")

    @OptionGroup var target: ListArgument
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<[PersonReport]> {
        try host.people(of: list)
    }

    func lines(of people: [PersonReport]) -> [String] { people.map(\.line) }
}
