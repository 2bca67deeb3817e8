public import Foundation
public import MailingList
import OpenPGP
import SMTP

/// Applies a decision of an administrator or a program to a workflow.
public struct WorkflowDecider: Sendable {
    /// The effect of a decision.
    public enum Outcome: Sendable, Hashable {
        /// The workflow has gone on, or has ended.
        case decided
        /// The workflow does not wait for this decision, or has expired.
        case notAwaited
        /// The workflow changed in the meantime.
        case outdated
        /// The key belongs to another person of the list, or to a list.
        case keyInUse
    }

    private let store: any ListStore
    private let sealer: Sealer

    /// Makes a decider that changes workflows in this store.
    public init(store: any ListStore, sealer: Sealer) {
        self.store = store
        self.sealer = sealer
    }

    /// Carries a decision out, including the mails to the people concerned.
    ///
    /// - Throws: Errors of the store and the engine; nothing has changed then.
    public func decide(
        _ workflow: Workflow,
        of list: MailingList,
        with event: WorkflowEvent,
        now: Date
    ) throws -> Outcome {
        let runner = WorkflowRunner(list: list, now: now, answering: nil) {
            var random = RandomSource()
            return .random(using: &random)
        }
        let transition: Transition
        switch try runner.decide(
            event,
            on: workflow,
            person: store.subscriber(at: workflow.address, of: list.id),
            isKeyInUse: {
                try store.isTaken($0.provenFingerprints, besides: workflow.address, in: list.id)
            }
        ) {
        case .decided(let next): transition = next
        case .notAwaited: return .notAwaited
        case .keyInUse: return .keyInUse
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
