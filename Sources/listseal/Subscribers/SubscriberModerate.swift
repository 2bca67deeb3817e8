import ArgumentParser
import MailingList

/// The command `listseal subscriber moderate`.
struct SubscriberModerate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moderate",
        abstract: "Let a person's posts wait for a moderator, or no longer."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String
    @Flag(help: "They do not wait any more.")
    var off = false
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        let subscriber = try administration.subscriber(address, of: target)
        try administration.store.setModerated(!off, of: subscriber.id)
        let report = SubscriberReport(try administration.subscriber(address, of: target))
        try output.print(report, or: report.lines)
    }
}
