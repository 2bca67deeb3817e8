public import Foundation
public import OpenPGP
public import SMTP

/// What waits for a person's answer, and whom the list may write without being asked.
public protocol WorkflowRecords: Sendable {
    /// The workflow that waits for the token with this digest.
    /// Throws only a failure of the store.
    func workflow(awaiting token: [UInt8]) throws -> Workflow?
    /// The workflow with this number. Throws only a failure of the store.
    func workflow(_ id: Workflow.ID) throws -> Workflow?
    /// A person's workflow of one kind, if one is under way at a time.
    /// Throws only a failure of the store.
    func workflow(
        _ kind: Workflow.Kind,
        of address: EmailAddress,
        in list: MailingList.ID,
        now: Date
    ) throws -> Workflow?
    /// Workflows of one list or of all, after a row, ordered by row.
    /// Throws only a failure of the store.
    func workflows(
        of list: MailingList.ID?,
        after id: Workflow.ID,
        limit: Int
    ) throws -> [Workflow]
    /// Workflows that wait for a program, after a row, ordered by row.
    /// Throws only a failure of the store.
    func workflowsAwaitingPrograms(
        after id: Workflow.ID,
        now: Date,
        limit: Int
    ) throws -> [Workflow]
    /// Certificates that an address has sent and not yet confirmed, for whoever verifies.
    /// Throws only a failure of the store.
    func unprovenCertificates(
        of address: EmailAddress,
        in list: MailingList.ID
    ) throws -> [Certificate]
    /// Ends a workflow; false if there was none. Throws only a failure of the store.
    func cancelWorkflow(_ id: Workflow.ID) throws -> Bool
    /// Whether an address may get a mail of this kind that no token asked for, by
    /// ``ReplyLimit``. Throws only a failure of the store.
    func mayWrite(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        from list: MailingList.ID,
        now: Date
    ) throws -> Bool
    /// Makes changes that no mail has asked for: an administrator's, or a program's.
    ///
    /// All are made or none. Throws ``ListStoreError/outdated`` if the state that they were
    /// decided on has changed meanwhile, ``ListStoreError/keyInUse`` if a key belongs to
    /// another person of the list, and ``ListStoreError/noReader`` if an answer is for
    /// owners of whom none can read it.
    func carryOut(
        _ changes: [Transition.Change],
        answers: [SealedAnswer],
        in list: MailingList.ID,
        now: Date
    ) throws
}
