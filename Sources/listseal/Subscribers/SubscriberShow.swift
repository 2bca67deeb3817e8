import ArgumentParser
import MailingList

/// The command `listseal subscriber show`.
struct SubscriberShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a person of a list."
    )

    @Argument(help: "The posting address.")
    var list: String
    @Argument(help: "Her address.")
    var address: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let list = try administration.list(at: list)
        let person = try administration.subscriber(address, of: list)
        let report = SubscriberReport(
            person,
            bounces: try administration.store.bounces(of: person.id)
        )
        try output.print(report, or: report.lines)
    }
}

/// The command `listseal subscribers`.
struct Subscribers: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print everybody on a list.")

    @Argument(help: "The posting address.")
    var list: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        var reports: [SubscriberReport] = []
        try administration.forEachSubscriber(of: administration.list(at: list)) {
            reports.append(SubscriberReport($0))
        }
        try output.print(reports, or: reports.map(\.line))
    }
}
