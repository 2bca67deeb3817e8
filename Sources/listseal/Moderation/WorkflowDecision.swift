import Administration
import ArgumentParser

/// The command `listseal workflow accept`.
struct WorkflowAccept: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accept what waits for an owner's decision."
    )

    @OptionGroup var workflow: WorkflowArgument
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<WorkflowReport> {
        try host.decide(onWorkflow: workflow.id, accepted: true)
    }

    func lines(of workflow: WorkflowReport) -> [String] { ["accepted: \(workflow.line)"] }
}

/// The command `listseal workflow reject`.
struct WorkflowReject: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject what waits for an owner's decision; the person is told why."
    )

    @OptionGroup var workflow: WorkflowArgument
    @Option(help: "The reason, which the person reads.")
    var reason: String = ""
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<WorkflowReport> {
        try host.decide(onWorkflow: workflow.id, accepted: false, reason: reason)
    }

    func lines(of workflow: WorkflowReport) -> [String] { ["rejected: \(workflow.line)"] }
}

/// The command `listseal workflow cancel`.
struct WorkflowCancel: ActCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End a workflow; the person is not told."
    )

    @OptionGroup var workflow: WorkflowArgument
    @OptionGroup var options: ActOptions

    func act(on host: ListHost) throws -> ActResult<WorkflowReport> {
        try host.cancelWorkflow(workflow.id)
    }

    func lines(of workflow: WorkflowReport) -> [String] { ["cancelled: \(workflow.line)"] }
}
