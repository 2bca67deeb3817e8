import ArgumentParser
import Foundation
import ListServer
import MailingList

/// The command `listseal log`.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Explain what was decided about a message.",
        discussion: "REF stands at the end of the reply that its author got, and in the mail log."
    )

    @Argument(help: "The reference: the queue id.")
    var ref: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    private struct Explained: Encodable {
        let time: Date
        let reference: String
        let door: String
        let list: String
        let role: String
        let outcome: String
        let refusal: String?
        let detail: String
        let explanation: String?
    }

    func run() throws {
        let log = OutcomeLog(path: state.directory.decisions)
        let decisions = try log.decisions(reference: ref).map { decision in
            Explained(
                time: decision.time,
                reference: decision.reference,
                door: decision.door,
                list: decision.list,
                role: decision.role,
                outcome: decision.outcome.rawValue,
                refusal: decision.refusal,
                detail: decision.detail,
                explanation: decision.refusal
                    .flatMap(Refusal.init(rawValue:)).map(\.explanation)
            )
        }
        guard !decisions.isEmpty else {
            throw CommandFailure(
                "nothing is known of \(ref)",
                hint: "decisions are kept for some weeks; is this the state directory of the "
                    + "daemon that answered?"
            )
        }
        try output.print(
            decisions,
            or: decisions.flatMap { decision in
                [
                    "\(OutputOptions.time(decision.time))  \(decision.list) (\(decision.role)), "
                        + "by the \(decision.door): \(decision.outcome)"
                        + (decision.refusal.map { ", \($0)" } ?? ""),
                    "  found: \(decision.detail)",
                ] + (decision.explanation.map { ["  \($0)"] } ?? [])
            }
        )
    }
}
