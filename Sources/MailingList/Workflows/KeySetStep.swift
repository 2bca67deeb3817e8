import Foundation

/// The person sends their key, in answer to a mail to their address.
///
/// The key is not believed yet: the token says only that whoever sent it reads
/// mail to that address.
struct KeySetStep: WorkflowStep {
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome {
        let (token, _) = run.challenge(&workflow)
        run.write(
            AnswerText(
                .keySet,
                [
                    "token": .text(token.description), "expires": .time(workflow.expires),
                    "request-reason": .keyRequest(workflow.kind),
                ]
            ),
            to: workflow,
            for: nil,
            attaching: [.listKey]
        )
        return .waits
    }

    func receive(
        _ event: WorkflowEvent,
        _ workflow: inout Workflow,
        _ run: inout WorkflowRun
    ) -> StepOutcome {
        guard case .key(let certificate) = event else { return .wrong }
        workflow.certificate = certificate
        return .done
    }
}
