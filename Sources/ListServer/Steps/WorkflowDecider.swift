public import Foundation
public import MailingList
import OpenPGP
import SMTP

/// Gives a decision that came by no mail to the workflow that waits for it: an
/// administrator's, or a program's.
public struct WorkflowDecider: Sendable {
    /// What became of it.
    public enum Outcome: Sendable, Hashable {
        /// The workflow has gone on, or has ended.
        case decided
        /// It does not wait for this, or its time is over.
        case notAwaited
        /// Somebody else was faster.
        case outdated
        /// The key belongs to another person of the list, or to a list.
        case keyInUse
    }

    private let store: any ListStore
    private let sealer: Sealer

    /// Decides in this store.
    public init(store: any ListStore, sealer: Sealer) {
        self.store = store
        self.sealer = sealer
    }

    /// Carries a decision out, with what is written to people.
    ///
    /// Throws what the store and the engine throw; nothing has changed then.
    public func decide(
        _ workflow: Workflow,
        of list: MailingList,
        with event: WorkflowEvent,
        now: Date
    ) throws -> Outcome {
        // Only of a key that was proven: else whoever sends one would learn whose it is.
        if event.isAcceptance, let certificate = workflow.certificate,
            workflow.steps.prefix(workflow.position).contains(.keyConfirm),
            try store.isTaken(
                certificate.provenFingerprints,
                besides: workflow.address,
                in: list.id
            )
        {
            return .keyInUse
        }
        let runner = WorkflowRunner(list: list, now: now, answering: nil) {
            var random = RandomSource()
            return .random(using: &random)
        }
        let person = try store.subscriber(at: workflow.address, of: list.id)
        guard let transition = runner.resume(workflow, with: event, person: person) else {
            return .notAwaited
        }
        do {
            try store.carryOut(
                transition.changes,
                answers: try transition.answers.compactMap {
                    try sealer.seal($0, of: list, now: now)
                },
                in: list.id,
                now: now
            )
        } catch ListStoreError.outdated {
            return .outdated
        } catch ListStoreError.keyInUse {
            return .keyInUse
        }
        return .decided
    }
}

extension WorkflowEvent {
    fileprivate var isAcceptance: Bool {
        switch self {
        case .decision(let accepted, _), .program(let accepted, _): accepted
        case .confirmed, .key, .statement: false
        }
    }
}
