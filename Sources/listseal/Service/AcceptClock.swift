import ArgumentParser
import Foundation
import MailingList

/// The command `listseal accept-clock`.
struct AcceptClock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-clock",
        abstract: "Believe the host's clock, though the store has seen a later time.",
        discussion: "Only if that time was wrong: else posts of long ago are fresh again."
    )

    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let seen: Date?
        let accepted: Date
    }

    func run() throws {
        let store = try Administration(state).store
        let report = Report(seen: try store.latestTime(), accepted: Date())
        try store.acceptTime(report.accepted)
        try store.clear(.clock)
        let seen = report.seen.map(OutputOptions.time) ?? "no time"
        try output.print(
            report,
            or: ["the store had seen \(seen), and believes \(OutputOptions.time(report.accepted))"]
        )
    }
}
