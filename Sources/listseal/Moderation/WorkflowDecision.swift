import ArgumentParser
import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP

/// The command `listseal workflow accept`.
struct WorkflowAccept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accept what waits for an owner's decision."
    )

    @OptionGroup var argument: WorkflowArgument
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try WorkflowDecision.make(argument, accepted: true, reason: "", state, output)
    }
}

/// The command `listseal workflow reject`.
struct WorkflowReject: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject what waits for an owner's decision; the person is told why."
    )

    @OptionGroup var argument: WorkflowArgument
    @Option(help: "The reason, which she reads.")
    var reason: String = ""
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try WorkflowDecision.make(argument, accepted: false, reason: reason, state, output)
    }
}

private enum WorkflowDecision {
    static func make(
        _ argument: WorkflowArgument,
        accepted: Bool,
        reason: String,
        _ state: StateOptions,
        _ output: OutputOptions
    ) throws {
        let administration = try Administration(state)
        let (store, now) = (administration.store, Date())
        let workflow = try argument.workflow(in: administration)
        guard let list = try store.list(workflow.list), workflow.step == .moderate else {
            throw CommandFailure(
                "workflow \(workflow.id) does not wait for a decision",
                hint: "it waits for \(workflow.step?.rawValue ?? "nothing")"
            )
        }
        let decider = WorkflowDecider(
            store: store,
            sealer: try administration.sealer()
        )
        let event = WorkflowEvent.decision(accepted: accepted, reason: reason)
        switch try decider.decide(workflow, of: list, with: event, now: now) {
        case .decided: break
        case .notAwaited:
            throw CommandFailure(
                "workflow \(workflow.id) has expired",
                hint: "the person begins anew with 'subscribe'"
            )
        case .outdated:
            throw CommandFailure(
                "somebody else has decided workflow \(workflow.id) meanwhile",
                hint: "'listseal workflows \(list.address)' shows what still waits"
            )
        case .keyInUse:
            throw CommandFailure(
                "the key belongs to another person of \(list.address)",
                hint: "'listseal subscribers \(list.address)' shows whose it is"
            )
        }
        let report = WorkflowReport(workflow)
        try output.print(report, or: ["\(accepted ? "accepted" : "rejected"): \(report.line)"])
    }
}
