import Foundation
import OpenPGP

/// The person signs a statement that is encrypted to their key.
///
/// The token stands inside the encryption and nowhere else. So an answer proves both halves
/// of the key: that the person can decrypt with it, and that they can sign. Where a new key
/// replaces another, the statement is encrypted to the new key and signed with the old one.
struct KeyConfirmStep: WorkflowStep {
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome {
        guard let certificate = workflow.certificate else {
            return .rejected(reason: .problem(.keyMissing))
        }
        let subject = workflow
        let (_, statement) = run.challenge(&workflow) { token in
            Statement(
                action: subject.kind.rawValue,
                list: run.list.address,
                address: subject.address,
                fingerprint: certificate.fingerprint,
                replacing: subject.signer,
                token: token,
                expires: run.now.addingTimeInterval(Double(run.list.settings.tokenLifetime))
            )
        }
        run.write(
            AnswerText(
                workflow.signer == nil ? .keyConfirm : .keyChangeConfirm,
                [
                    "statement": .block(statement?.text ?? ""),
                    "fingerprint": .key(certificate.fingerprint),
                    "old-fingerprint": .key(workflow.signer),
                ]
            ),
            to: workflow,
            for: certificate,
            attaching: [.listKey]
        )
        return .waits
    }

    func receive(
        _ event: WorkflowEvent,
        _ workflow: inout Workflow,
        _ run: inout WorkflowRun
    ) -> StepOutcome {
        guard case .statement(let statement, let signer?) = event,
            let expected = workflow.challenge?.statement, statement.digest == expected,
            counts(signer, for: workflow, confirmed: run.confirmed)
        else { return .wrong }
        return .done
    }

    // By the certificate itself, not by its fingerprint: an older copy of a revoked
    // key is good without its revocation.
    private func counts(
        _ signer: Certificate,
        for workflow: Workflow,
        confirmed: Certificate?
    ) -> Bool {
        if let old = workflow.signer { return signer == confirmed && signer.fingerprint == old }
        guard signer.fingerprint == workflow.certificate?.fingerprint else { return false }
        return signer == workflow.certificate || signer == confirmed
    }
}
