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
        let runner = WorkflowRunner(list: list, now: now, answering: nil) {
            var random = RandomSource()
            return .random(using: &random)
        }
        let person = try store.subscriber(at: workflow.address, of: list.id)
        let transition: Transition
        switch try runner.decide(
            event,
            on: workflow,
            person: person,
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
