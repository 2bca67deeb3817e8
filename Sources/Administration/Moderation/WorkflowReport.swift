package import Foundation
package import MailingList
import OpenPGP
import SMTP

/// A workflow as an administrator sees it: without its token, which only the person has.
package struct WorkflowReport: Sendable, Hashable, Encodable {
    /// The number by which it is decided on.
    package let id: Int64
    /// What it leads to: `subscription`, `key-change` and so on.
    package let kind: String
    /// Whose it is.
    package let address: String
    /// Its steps, in order.
    package let steps: [String]
    /// The step that waits, or `nothing`.
    package let waitsFor: String
    /// The primary fingerprint of the key that it is about.
    package let fingerprint: String?
    /// The same of the key that it replaces.
    package let replacing: String?
    /// How many wrong answers arrived.
    package let wrongAnswers: Int
    /// When it began.
    package let created: Date
    /// When it ends if nobody answers.
    package let expires: Date

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
}

extension ListHost {
    /// Names the workflows of a list, the oldest first.
    package func workflows(of list: MailingList) throws -> ActResult<[WorkflowReport]> {
        var reports: [WorkflowReport] = []
        try Self.forEach(pagesOf: 200, store.workflows(of:after:limit:), list.id) {
            reports.append(WorkflowReport($0))
        }
        return ActResult(reports)
    }

    /// Describes the workflow with this number.
    ///
    /// Throws ``ActFailure`` of kind `notFound`.
    package func showWorkflow(_ id: Workflow.ID) throws -> ActResult<WorkflowReport> {
        ActResult(WorkflowReport(try workflow(id)))
    }

    /// The workflow with this number.
    func workflow(_ id: Workflow.ID) throws -> Workflow {
        guard let workflow = try store.workflow(id) else {
            throw ActFailure(
                .notFound,
                "there is no workflow \(id)",
                hint: "'listseal workflows LIST' prints the workflows of a list"
            )
        }
        return workflow
    }
}
