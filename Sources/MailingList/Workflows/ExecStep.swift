import SMTP

/// A program of the administrator's decides, for example by asking a directory.
///
/// Nobody is written to. The workflow waits without a challenge, which is how the
/// store finds those whose program is to be run.
struct ExecStep: WorkflowStep {
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome {
        run.prolong(&workflow)
        return .waits
    }

    func receive(
        _ event: WorkflowEvent,
        _ workflow: inout Workflow,
        _ run: inout WorkflowRun
    ) -> StepOutcome {
        switch event {
        case .program(accepted: true, _): .done
        case .program(accepted: false, let reason): .rejected(reason: .reason(reason.visible))
        case .confirmed, .key, .statement, .decision: .wrong
        }
    }
}
