/// The person answers a mail to their address, so that nobody can subscribe somebody else.
struct VerifyAddressStep: WorkflowStep {
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome {
        let (token, _) = run.challenge(&workflow)
        let name: TextName = workflow.kind == .unsubscription ? .confirmLeave : .confirmAddress
        run.write(
            AnswerText(name, ["token": .text(token.description)]),
            to: workflow,
            for: run.confirmed
        )
        return .waits
    }

    func receive(
        _ event: WorkflowEvent,
        _ workflow: inout Workflow,
        _ run: inout WorkflowRun
    ) -> StepOutcome {
        event == .confirmed ? .done : .wrong
    }
}
