import Foundation

/// She sends her key, in answer to a mail to her address.
///
/// Nothing is believed of it yet: the token says only that whoever sent it reads
/// mail to that address.
struct KeySetStep: WorkflowStep {
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome {
        let (token, _) = run.challenge(&workflow)
        run.write(
            AnswerText(
                .keySet,
                ["token": token.description, "expires": workflow.expires.formatted(.iso8601)]
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
