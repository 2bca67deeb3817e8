import ArgumentParser
import Foundation
import MailingList

/// The command `listseal status`.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say how everything stands; exit 2 if somebody must look."
    )

    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        struct RaisedAlarm: Encodable {
            let alarm: String
            let detail: String
            let since: Date
            let advice: String
        }

        let healthy: Bool
        let lists: Int
        let subscribers: Int
        let owed: Int
        let oldestOwed: Date?
        let unusableKeys: Int
        let listsWithoutReader: [String]
        let alarms: [RaisedAlarm]
        let counts: [String: Int]
    }

    func run() throws {
        let administration = try Administration(state)
        let status = try administration.store.status(now: Date())
        let report = Report(
            healthy: status.isHealthy,
            lists: status.lists,
            subscribers: status.subscribers,
            owed: status.owed,
            oldestOwed: status.oldestOwed,
            unusableKeys: status.unusableKeys,
            listsWithoutReader: status.listsWithoutReader,
            alarms: status.alarms.map {
                Report.RaisedAlarm(
                    alarm: $0.alarm.rawValue,
                    detail: $0.detail,
                    since: $0.since,
                    advice: $0.alarm.advice
                )
            },
            counts: Dictionary(
                uniqueKeysWithValues: try administration.store.counts()
                    .map { ($0.key.rawValue, $0.value) }
            )
        )
        try output.print(report, or: lines(report))
        if !report.healthy { throw ExitCode(2) }
    }

    private func lines(_ report: Report) -> [String] {
        [
            report.healthy ? "everything is well" : "somebody must look",
            "\(report.lists) lists, \(report.subscribers) people, \(report.owed) copies owed"
                + (report.oldestOwed.map { " since \(OutputOptions.time($0))" } ?? ""),
        ]
            + (report.unusableKeys > 0
                ? ["\(report.unusableKeys) people get no copies: their keys cannot encrypt"] : [])
            + report.listsWithoutReader.map {
                "\($0): no owner has a key that can encrypt; give her one with "
                    + "'listseal subscriber set-key'"
            }
            + report.alarms.map {
                "\($0.alarm) since \(OutputOptions.time($0.since)): \($0.detail)\n  \($0.advice)"
            }
            + report.counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    }
}
