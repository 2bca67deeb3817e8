import ArgumentParser
import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP

/// A workflow as it is printed: no token, which nobody has but the person.
struct WorkflowReport: Encodable {
    let id: Int64
    let kind: String
    let address: String
    let steps: [String]
    let waitsFor: String
    let fingerprint: String?
    let replacing: String?
    let wrongAnswers: Int
    let created: Date
    let expires: Date

    init(_ workflow: Workflow) {
        id = workflow.id
        kind = workflow.kind.rawValue
        address = workflow.address.description
        steps = workflow.steps.map(\.rawValue)
        waitsFor = workflow.step?.rawValue ?? "nothing"
        fingerprint = workflow.certificate?.fingerprint.description
        replacing = workflow.signer?.description
        wrongAnswers = workflow.failures
        created = workflow.created
        expires = workflow.expires
    }

    var line: String {
        "\(id)  \(kind)  \(address)  waits for \(waitsFor) until \(OutputOptions.time(expires))"
    }

    var lines: [String] {
        [
            "number       \(id)", "kind         \(kind)", "address      \(address)",
            "steps        \(steps.joined(separator: ", "))", "waits for    \(waitsFor)",
            "key          \(fingerprint ?? "none yet")", "replaces     \(replacing ?? "none")",
            "wrong        \(wrongAnswers) answers", "begun        \(OutputOptions.time(created))",
            "ends         \(OutputOptions.time(expires))",
        ]
    }
}

/// The command `listseal workflows`.
struct Workflows: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workflows",
        abstract: "List the subscriptions and key changes of a list that wait for somebody."
    )

    @Argument(help: "The posting address.")
    var list: String
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let target = try administration.list(at: list)
        var reports: [WorkflowReport] = []
        var last: Workflow.ID = 0
        while true {
            let page = try administration.store.workflows(of: target.id, after: last, limit: 200)
            guard let end = page.last else { break }
            last = end.id
            reports += page.map(WorkflowReport.init)
        }
        try output.print(reports, or: reports.map(\.line))
    }
}

/// The command `listseal workflow`.
struct WorkflowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workflow",
        abstract: "Show, cancel or decide what waits.",
        subcommands: [
            WorkflowShow.self, WorkflowCancel.self, WorkflowAccept.self, WorkflowReject.self,
        ]
    )
}

/// The number of a workflow, and what every command about one needs.
struct WorkflowArgument: ParsableArguments {
    @Argument(help: "Its number, as 'listseal workflows' prints it.")
    var id: Int64

    func workflow(in administration: Administration) throws -> Workflow {
        guard let workflow = try administration.store.workflow(id) else {
            throw CommandFailure(
                "there is no workflow \(id)",
                hint: "'listseal workflows LIST' prints those that there are"
            )
        }
        return workflow
    }
}

/// The command `listseal workflow show`.
struct WorkflowShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a workflow waits for."
    )

    @OptionGroup var argument: WorkflowArgument
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let report = WorkflowReport(try argument.workflow(in: try Administration(state)))
        try output.print(report, or: report.lines)
    }
}

/// The command `listseal workflow cancel`.
struct WorkflowCancel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End a workflow; the person is not told."
    )

    @OptionGroup var argument: WorkflowArgument
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let administration = try Administration(state)
        let report = WorkflowReport(try argument.workflow(in: administration))
        _ = try administration.store.cancelWorkflow(argument.id)
        try output.print(report, or: ["cancelled: \(report.line)"])
    }
}
