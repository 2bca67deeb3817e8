import Foundation
import OpenPGP
import SMTP

/// An owner or a moderator decides, by a signed answer or at the command line.
///
/// The notice is sealed to them; who else finds the token could still not
/// decide, since the answer must be signed by one of them.
struct ModerateStep: WorkflowStep {
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome {
        let (token, _) = run.challenge(&workflow)
        let done = Array(workflow.steps.prefix(workflow.position))
        let ids = workflow.certificate?.userIDs ?? []
        let isHers = ids.contains { Self.address(in: $0) == workflow.address }
        run.answers.append(
            Answer(
                reader: .deciders,
                text: AnswerText(
                    .moderate,
                    [
                        "action": workflow.kind.rawValue, "address": workflow.address.description,
                        "fingerprint": workflow.certificate?.fingerprint.description ?? "none",
                        "old-fingerprint": run.confirmed?.fingerprint.description ?? "none",
                        "user-ids": ids.map { "  " + $0.onOneLine }.joined(separator: "\n"),
                        "done": done.isEmpty ? "nothing" : StepName.text(done),
                        "match": isHers ? "yes" : "NO", "token": token.description,
                        "expires": workflow.expires.formatted(.iso8601),
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
        case .decision(accepted: false, let reason): .rejected(reason: reason)
        case .confirmed, .key, .statement, .program: .wrong
        }
    }
}
