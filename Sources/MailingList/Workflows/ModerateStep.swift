import Foundation
import OpenPGP
import SMTP

/// An owner or a moderator decides, by a signed answer or at the command line.
///
/// The notice is encrypted to them. Somebody else who finds the token cannot decide,
/// since the answer must be signed by one of them.
struct ModerateStep: WorkflowStep {
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome {
        let (token, _) = run.challenge(&workflow)
        let shown = ShownProof(
            kind: workflow.kind,
            steps: Array(workflow.steps.prefix(workflow.position)),
            // The confirmed key signs a request to change it, and one to leave that skips the
            // question to the address.
            isSigned: workflow.kind == .keyChange
                || workflow.kind == .unsubscription && !workflow.steps.contains(.verifyAddress)
        )
        let ids = workflow.certificate?.userIDs ?? []
        let namesAddress = ids.contains { Self.address(in: $0) == workflow.address }
        run.answers.append(
            Answer(
                reader: .deciders,
                text: AnswerText(
                    .moderate,
                    [
                        "asks": .asks(workflow.kind), "address": .address(workflow.address),
                        "fingerprint": .key(workflow.certificate?.fingerprint),
                        "old-fingerprint": .key(run.confirmed?.fingerprint),
                        "user-ids": .lines(ids.map { .text("  " + $0.visible) }),
                        "done": .shown(shown), "match": .flag(namesAddress),
                        "token": .text(token.description), "expires": .time(workflow.expires),
                    ]
                ),
                attachments: workflow.certificate.map { [.certificate($0)] } ?? [],
                answering: nil
            )
        )
        return .waits
    }

    // `Name <address>`, or the address alone.
    private static func address(in userID: String) -> EmailAddress? {
        guard let open = userID.lastIndex(of: "<"), let close = userID.lastIndex(of: ">"),
            open < close
        else { return EmailAddress(userID) }
        return EmailAddress(String(userID[userID.index(after: open)..<close]))
    }

    func receive(
        _ event: WorkflowEvent,
        _ workflow: inout Workflow,
        _ run: inout WorkflowRun
    ) -> StepOutcome {
        switch event {
        case .decision(accepted: true, _): .done
        case .decision(accepted: false, let reason): .rejected(reason: .reason(reason.visible))
        case .confirmed, .key, .statement, .program: .wrong
        }
    }
}
