public import Foundation

/// Which posts wait for a moderator.
public protocol HeldPostRecords: Sendable {
    /// Held posts of a list after a row, ordered by row, without their messages: one can
    /// have 100 MB. Throws only a failure of the store.
    func heldPosts(
        of list: MailingList.ID,
        after id: HeldPost.ID,
        limit: Int
    ) throws -> [HeldPost]
    /// The held post with this number. Throws only a failure of the store.
    func heldPost(_ id: HeldPost.ID) throws -> HeldPost?
    /// The held post that a token decides about. Throws only a failure of the store.
    func heldPost(awaiting token: [UInt8]) throws -> HeldPost?
    /// How many posts of a list are held, and their octets as received.
    /// Throws only a failure of the store.
    func heldTotals(of list: MailingList.ID) throws -> (count: Int, octets: Int64)
    /// Held posts of a list that came before a time and of which nobody has been warned,
    /// without their messages. Throws only a failure of the store.
    func unwarnedHeldPosts(
        of list: MailingList.ID,
        before time: Date,
        limit: Int
    ) throws -> [HeldPost]
    /// Queues a warning about held posts, and notes that it was sent.
    ///
    /// Throws ``ListStoreError/noReader`` if no owner or moderator can read it; then nothing
    /// is noted.
    func warn(
        _ answer: SealedAnswer,
        about posts: [HeldPost.ID],
        of list: MailingList.ID,
        now: Date
    ) throws
    /// Replaces a held post by the same one sealed to another key, if it is still there.
    /// Throws only a failure of the store.
    func replaceSeal(ofHeld post: HeldPost, replacing old: [UInt8]) throws
}
