import Foundation
import ListServer
package import MailingList
import OpenPGP
import SMTP

extension ListHost {
    /// Accepts or rejects what waits for an owner or a moderator; the person is told.
    ///
    /// Throws ``ActFailure``: `notFound`, `notAllowed` if the workflow waits for something else
    /// or has expired, `outdated` if somebody else has decided, `inUse` if the key belongs to
    /// another person.
    package func decide(
        onWorkflow id: Workflow.ID,
        accepted: Bool,
        reason: String = ""
    ) throws -> ActResult<WorkflowReport> {
        let workflow = try workflow(id)
        guard let list = try store.list(workflow.list), workflow.step == .moderate else {
            throw ActFailure(
                .notAllowed,
                "workflow \(id) does not wait for a decision",
                hint: "it waits for \(workflow.step?.rawValue ?? "nothing")"
            )
        }
        let decider = WorkflowDecider(store: store, sealer: try sealer())
        let event = WorkflowEvent.decision(accepted: accepted, reason: reason)
        switch try decider.decide(workflow, of: list, with: event, now: clock()) {
        case .decided: return ActResult(WorkflowReport(workflow))
        case .notAwaited:
            throw ActFailure(
                .notAllowed,
                "workflow \(id) has expired",
                hint: "the person can begin again with 'subscribe'"
            )
        case .outdated:
            throw ActFailure(
                .outdated,
                "somebody else has decided on workflow \(id) in the meantime",
                hint: "'listseal workflows \(list.address)' prints the workflows that still wait"
            )
        case .keyInUse:
            throw ActFailure(
                .inUse,
                "the key belongs to another person of \(list.address)",
                hint: "'listseal subscribers \(list.address)' prints whose it is"
            )
        }
    }

    /// Ends a workflow; the person is not told.
    ///
    /// Throws ``ActFailure`` of kind `notFound`.
    package func cancelWorkflow(_ id: Workflow.ID) throws -> ActResult<WorkflowReport> {
        let report = WorkflowReport(try workflow(id))
        _ = try store.cancelWorkflow(id)
        return ActResult(report)
    }
}
