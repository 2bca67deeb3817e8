import Administration
import ArgumentParser
import MailingList

/// The command `listseal subscriber moderate`.
struct SubscriberModerate: PersonActCommand {
    static let configuration = CommandConfiguration(
        commandName: "moderate",
        abstract: "Hold a person's posts for a moderator, or no longer."
    )

    @OptionGroup var target: PersonArguments
    @Flag(help: "Distribute them at once again.")
    var off = false
    @OptionGroup var options: ActOptions

    func act(
        on person: Subscriber,
        in list: MailingList,
        of host: ListHost
    ) throws
        -> ActResult<PersonReport>
    { try host.setModerated(!off, person, in: list) }

    func lines(of report: PersonReport) -> [String] { report.lines }
}
