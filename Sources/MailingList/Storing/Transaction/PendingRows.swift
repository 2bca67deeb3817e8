public import Foundation
public import SMTP

/// Operations of a transaction on what waits: workflows, held posts, and replies to people
/// whom nothing proves.
public protocol PendingRows {
    /// The workflow with this number.
    func workflow(_ id: Workflow.ID) throws -> Workflow?
    /// Writes a new workflow; false if one of its kind is there for the address.
    func insert(_ workflow: Workflow) throws -> Bool
    /// Writes what has changed; false if its version is not the one that was read.
    func update(_ workflow: Workflow) throws -> Bool
    /// Deletes a workflow; false if its version is not the one that was read.
    func delete(_ workflow: Workflow) throws -> Bool
    /// Deletes a workflow, whatever its version.
    func deleteWorkflow(_ id: Workflow.ID) throws
    /// Adds one to the wrong answers of a workflow, whatever its version.
    func countFailure(of id: Workflow.ID) throws
    /// Deletes the workflows of an address that are of some kinds and end by a time;
    /// whenever they end, if no time is given.
    func deleteWorkflows(
        of address: EmailAddress,
        in list: MailingList.ID,
        kinds: [Workflow.Kind],
        endingBy time: Date?
    ) throws

    /// Writes a held post.
    func insert(_ post: HeldPost) throws
    /// Deletes a held post; false if it is gone.
    func deleteHeldPost(_ id: HeldPost.ID) throws -> Bool
    /// Writes other reasons and another token; false if the post is gone, or was sealed to
    /// another key since it was read.
    func renew(_ post: HeldPost) throws -> Bool

    /// When an address last got a mail of one kind that no token asked for.
    func latestReply(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        from list: MailingList.ID
    ) throws -> Date?
    /// How many addresses got one of that kind after a time.
    func replies(_ kind: ReplyLimit.Kind, from list: MailingList.ID, after time: Date) throws -> Int
    /// Writes that an address gets one now.
    func noteReply(
        _ kind: ReplyLimit.Kind,
        to address: EmailAddress,
        from list: MailingList.ID,
        now: Date
    ) throws
}
