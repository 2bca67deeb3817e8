public import Foundation
public import OpenPGP
public import SMTP

/// Moves workflows on: pure, so that every way through them can be tried.
public struct WorkflowRunner: Sendable {
    let list: MailingList
    let now: Date
    let answering: String?
    let makeToken: @Sendable () -> WorkflowToken

    /// - Parameters:
    ///   - list: The list.
    ///   - now: The time.
    ///   - answering: Message-ID of the mail that moves it.
    ///   - makeToken: Draws a token.
    public init(
        list: MailingList,
        now: Date,
        answering: String?,
        makeToken: @escaping @Sendable () -> WorkflowToken
    ) {
        self.list = list
        self.now = now
        self.answering = answering
        self.makeToken = makeToken
    }

    /// Begins one, and goes as far as it goes without an answer.
    ///
    /// - Parameters:
    ///   - kind: What it leads to.
    ///   - address: Whose it is.
    ///   - steps: The steps.
    ///   - certificate: The key that it is about, if that has come.
    ///   - person: The subscriber, if there is one.
    /// - Returns: What changes, and what is written.
    public func begin(
        _ kind: Workflow.Kind,
        of address: EmailAddress,
        steps: [StepName],
        certificate: Certificate? = nil,
        person: Subscriber?
    ) -> Transition {
        var workflow = Workflow(
            list: list.id,
            kind: kind,
            address: address,
            steps: steps,
            created: now,
            expires: now
        )
        workflow.certificate = certificate
        workflow.signer = kind == .keyChange ? person?.certificate?.fingerprint : nil
        return proceed(&workflow, person, beginning: true)
    }

    /// Gives something to the step that waits; nil if it is not what it waits for.
    public func resume(
        _ workflow: Workflow,
        with event: WorkflowEvent,
        person: Subscriber?
    ) -> Transition? {
        guard let step = workflow.step, workflow.expires > now else { return nil }
        if let known = person?.certificate?.fingerprint, workflow.kind == .subscription,
            let other = workflow.certificate?.fingerprint, known != other
        {
            // An owner has added this address meanwhile, with another key.
            return rejected(workflow, person, .problem(.hasOtherKey))
        }
        var workflow = workflow
        var run = run(person)
        switch step.step.receive(event, &workflow, &run) {
        case .waits, .wrong: return nil
        case .rejected(let reason): return rejected(workflow, person, reason)
        case .done:
            workflow.position += 1
            return proceed(&workflow, person, beginning: false)
        }
    }

    private func proceed(
        _ workflow: inout Workflow,
        _ person: Subscriber?,
        beginning: Bool
    ) -> Transition {
        var run = run(person)
        while let step = workflow.step {
            workflow.challenge = nil
            switch step.step.begin(&workflow, &run) {
            case .done: workflow.position += 1
            case .waits, .wrong:
                return Transition(
                    changes: [beginning ? .begin(workflow) : .advance(workflow)],
                    answers: run.answers
                )
            case .rejected(let reason):
                return rejected(workflow, person, reason, beginning: beginning)
            }
        }
        let ended: [Transition.Change] = beginning ? [] : [.end(workflow)]
        return Transition(
            changes: ended + completion(of: workflow, person),
            answers: run.answers + farewell(workflow, person) + notice(workflow, person)
        )
    }

    private func rejected(
        _ workflow: Workflow,
        _ person: Subscriber?,
        _ reason: TextValue,
        beginning: Bool = false
    ) -> Transition {
        Transition(
            changes: beginning ? [] : [.end(workflow)],
            answers: [
                answer(
                    AnswerText(
                        .rejected,
                        ["wish": .wish(workflow.kind), "reason": reason]
                    ),
                    to: workflow.address,
                    for: workflow.kind == .keyReset
                        ? workflow.certificate : person?.certificate ?? workflow.certificate
                )
            ]
        )
    }

    private func completion(
        of workflow: Workflow,
        _ person: Subscriber?
    ) -> [Transition.Change] {
        switch (workflow.kind, workflow.certificate) {
        case (.subscription, let certificate?): [.join(workflow.address, certificate)]
        case (.keyChange, let certificate?), (.keyUpdate, let certificate?):
            [
                .replaceCertificate(
                    certificate,
                    of: workflow.address,
                    replacing: workflow.signer ?? certificate.fingerprint
                )
            ]
        case (.keyReset, let certificate?):
            [
                .replaceCertificate(
                    certificate,
                    of: workflow.address,
                    replacing: person?.certificate?.fingerprint
                )
            ]
        case (.unsubscription, _): [.leave(workflow.address)]
        case (.subscription, nil), (.keyChange, nil), (.keyUpdate, nil), (.keyReset, nil): []
        }
    }

    private func farewell(_ workflow: Workflow, _ person: Subscriber?) -> [Answer] {
        let values: [String: TextValue] = [
            "fingerprint": .key(workflow.certificate?.fingerprint),
            "old-fingerprint": .key(workflow.signer),
        ]
        func tell(_ name: TextName, _ certificate: Certificate?) -> Answer {
            answer(AnswerText(name, values), to: workflow.address, for: certificate)
        }
        return switch workflow.kind {
        case .subscription: [tell(.welcome, workflow.certificate)]
        // Whoever holds only the old key learns of it too.
        case .keyChange:
            [tell(.keyChanged, person?.certificate), tell(.keyChanged, workflow.certificate)]
        case .keyUpdate, .keyReset: [tell(.keyUpdated, workflow.certificate)]
        case .unsubscription: [tell(.goodbye, person?.certificate)]
        }
    }

    private func notice(_ workflow: Workflow, _ person: Subscriber?) -> [Answer] {
        let event: OwnerEvent =
            switch workflow.kind {
            case .subscription: .join
            case .unsubscription: .leave
            case .keyChange, .keyUpdate, .keyReset: .keyChange
            }
        guard list.settings.ownerEvents.contains(event) else { return [] }
        let key = workflow.certificate ?? person?.certificate
        return [
            Answer(
                reader: .ownersIfTheyCan,
                text: AnswerText(
                    .ownersNotice,
                    [
                        "did": .did(workflow.kind),
                        "address": .address(workflow.address),
                        "fingerprint": .key(key?.fingerprint),
                    ]
                ),
                attachments: [],
                answering: nil
            )
        ]
    }

    private func answer(
        _ text: AnswerText,
        to address: EmailAddress,
        for certificate: Certificate?
    ) -> Answer {
        Answer(
            reader: .person(address, certificate),
            text: text,
            attachments: [],
            answering: answering
        )
    }

    private func run(_ person: Subscriber?) -> WorkflowRun {
        WorkflowRun(
            list: list,
            now: now,
            confirmed: person?.certificate,
            answering: answering,
            makeToken: makeToken
        )
    }
}
