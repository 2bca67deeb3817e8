import Foundation
public import OpenPGP

/// Something that has come for a workflow.
public enum WorkflowEvent: Sendable, Hashable {
    /// The token of a mail to the person's address.
    case confirmed
    /// A key that can sign and encrypt.
    case key(Certificate)
    /// A statement, and by which certificate every signature over it was good.
    case statement(Statement, signedBy: Certificate?)
    /// An owner's decision, with a reason for a rejection.
    case decision(accepted: Bool, reason: String)
    /// A program's decision, likewise.
    case program(accepted: Bool, reason: String)
}

/// What a step makes of it.
public enum StepOutcome: Sendable, Hashable {
    /// The next step begins.
    case done
    /// It waits.
    case waits
    /// This was not what it waits for; nothing is said about why.
    case wrong
    /// It ends without what it was for.
    case rejected(reason: TextValue)
}

/// One step: a small state machine of two moves.
///
/// A new step is one file with a type of this kind, a case of ``StepName`` and a
/// line in ``StepName/step``.
protocol WorkflowStep: Sendable {
    /// Asks for what it needs.
    func begin(_ workflow: inout Workflow, _ run: inout WorkflowRun) -> StepOutcome
    /// Judges what came.
    func receive(
        _ event: WorkflowEvent,
        _ workflow: inout Workflow,
        _ run: inout WorkflowRun
    ) -> StepOutcome
}

extension StepName {
    /// What it does.
    var step: any WorkflowStep {
        switch self {
        case .verifyAddress: VerifyAddressStep()
        case .keySet: KeySetStep()
        case .keyConfirm: KeyConfirmStep()
        case .moderate: ModerateStep()
        case .exec: ExecStep()
        }
    }
}

/// What a step may use, and what it says.
struct WorkflowRun {
    let list: MailingList
    let now: Date
    /// The confirmed certificate of the person, if there is one.
    let confirmed: Certificate?
    /// The mail that is answered.
    let answering: String?
    let makeToken: @Sendable () -> WorkflowToken
    /// What is written to people, in order.
    var answers: [Answer] = []

    /// Gives a workflow a new challenge, and the time to meet it.
    func challenge(
        _ workflow: inout Workflow,
        _ statement: (WorkflowToken) -> Statement? = { _ in nil }
    ) -> (token: WorkflowToken, statement: Statement?) {
        let token = makeToken()
        prolong(&workflow)
        let made = statement(token)
        workflow.challenge = Workflow.Challenge(token: token.digest, statement: made?.digest)
        return (token, made)
    }

    /// Gives a workflow the time that a step has.
    func prolong(_ workflow: inout Workflow) {
        workflow.expires = Date(
            timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)
                + TimeInterval(list.settings.tokenLifetime)
        )
        workflow.failures = 0
    }

    /// Writes to the person.
    mutating func write(
        _ text: AnswerText,
        to workflow: Workflow,
        for certificate: Certificate?,
        attaching attachments: [Answer.Attachment] = []
    ) {
        answers.append(
            Answer(
                reader: .person(workflow.address, certificate),
                text: text,
                attachments: attachments,
                answering: answering
            )
        )
    }
}
