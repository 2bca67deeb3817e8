public import OpenPGP

/// What follows from a decision on a workflow.
public enum WorkflowDecision: Sendable, Hashable {
    /// The workflow goes on or ends.
    case decided(Transition)
    /// It does not wait for this decision, or its time is over.
    case notAwaited
    /// The key was accepted and proven, and belongs to somebody else of the list, or to a list.
    case keyInUse
}

extension WorkflowRunner {
    /// Gives a decision to the workflow that waits for it: an owner's or a moderator's by mail,
    /// an administrator's, or a program's.
    ///
    /// - Parameters:
    ///   - event: The decision.
    ///   - workflow: The workflow.
    ///   - person: The subscriber at its address, if there is one.
    ///   - isKeyInUse: Whether a list, or somebody else of this list, has a key of a certificate.
    /// - Returns: What follows; nothing has changed yet.
    /// - Throws: What `isKeyInUse` throws.
    public func decide(
        _ event: WorkflowEvent,
        on workflow: Workflow,
        person: Subscriber?,
        isKeyInUse: (Certificate) throws -> Bool
    ) rethrows -> WorkflowDecision {
        guard let transition = resume(workflow, with: event, person: person) else {
            return .notAwaited
        }
        // Only a proven key is looked up: whoever sends somebody else's key would learn by the
        // answer that it is on the list.
        if event.isAcceptance, let certificate = workflow.certificate,
            workflow.steps.prefix(workflow.position).contains(.keyConfirm),
            try isKeyInUse(certificate)
        {
            return .keyInUse
        }
        return .decided(transition)
    }
}

extension WorkflowEvent {
    /// Whether it is a decision to accept.
    fileprivate var isAcceptance: Bool {
        switch self {
        case .decision(let accepted, _), .program(let accepted, _): accepted
        case .confirmed, .key, .statement: false
        }
    }
}
