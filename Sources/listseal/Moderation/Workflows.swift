import Administration
import ArgumentParser
import MailingList

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

/// The workflow that a command is about.
struct WorkflowArgument: ParsableArguments {
    @Argument(help: "Its number, as 'listseal workflows' prints it.")
    var id: Int64
}

/// The command `listseal workflows`.
struct Workflows: ListActCommand {
    static let configuration = CommandConfiguration(
        commandName: "workflows",
        abstract: "List the subscriptions and key changes of a list that wait for somebody."
    )

    @OptionGroup var target: ListArgument
    @OptionGroup var options: ActOptions

    func act(on list: MailingList, of host: ListHost) throws -> ActResult<[WorkflowReport]> {
        try host.workflows(of: list)
    }

    func lines(of workflows: [WorkflowReport]) -> [String] { workflows.map(\.line) }
}

/// The command `listseal workflow show`.
struct WorkflowShow: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a workflow waits for."
    )

    @OptionGroup var workflow: WorkflowArgument
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<WorkflowReport> {
        try host.showWorkflow(workflow.id)
    }

    func lines(of workflow: WorkflowReport) -> [String] { workflow.lines }
}

extension WorkflowReport {
    /// The workflow in one line.
    var line: String {
        "\(id)  \(kind)  \(address)  waits for \(waitsFor) until \(expires.readable)"
    }

    fileprivate var lines: [String] {
        [
            "number       \(id)", "kind         \(kind)", "address      \(address)",
            "steps        \(steps.joined(separator: ", "))", "waits for    \(waitsFor)",
            "key          \(fingerprint ?? "none yet")", "replaces     \(replacing ?? "none")",
            "wrong        \(wrongAnswers) answers", "begun        \(created.readable)",
            "ends         \(expires.readable)",
        ]
    }
}
