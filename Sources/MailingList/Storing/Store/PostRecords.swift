public import Foundation

/// What was accepted, which copies are owed, and what a list keeps of its posts.
public protocol PostRecords: Sendable {
    /// Whether this delivery was accepted before. Throws only a failure of the store.
    func hasReceipt(_ receipt: Receipt) throws -> Bool
    /// Whether the list has accepted this signed content before.
    /// Throws only a failure of the store.
    func isClaimed(_ claim: SignatureClaim) throws -> Bool
    /// How many posts of a person were accepted on the day of a time, in UTC.
    /// Throws only a failure of the store.
    func posts(of author: Subscriber.ID, on time: Date) throws -> Int
    /// Commits all acceptances or none; the receipts decide between two doors.
    ///
    /// A claim that another acceptance of the same call has made is no replay: one message
    /// can be for two roles of a list. Subscribers whose key cannot encrypt at `now` get no
    /// copy; ``ReportRecords/unnotifiedUnusableSubscribers(of:limit:)`` finds them.
    ///
    /// Throws ``ListStoreError/noReader`` for mail to owners of whom none can read it, and
    /// ``ListStoreError/notFound`` if a list or a person has been deleted meanwhile.
    func commit(_ acceptances: [Acceptance], now: Date) throws -> CommitResult

    /// Copies that are due at a time, after a row, ordered by row.
    /// Throws only a failure of the store.
    func dueDeliveries(after id: Delivery.ID, now: Date, limit: Int) throws -> [Delivery]
    /// A sealed post with its list; nil when its last copy is delivered.
    /// Throws only a failure of the store.
    func post(_ id: Int64) throws -> (list: MailingList, post: SealedPost)?
    /// Counts attempts as unknown, before the copies are sent; returns, for each copy that is
    /// still owed, how often its outcome is unknown, this attempt included.
    ///
    /// ``settle(_:now:)`` takes the count back when the outcome is known. A crash in between
    /// leaves it. The write also proves that the store can record the outcomes.
    /// Throws only a failure of the store.
    func beginAttempts(_ ids: [Delivery.ID]) throws -> [Delivery.ID: Int]
    /// Writes what became of attempts, and deletes posts of which no copy is owed.
    ///
    /// A row that was deleted meanwhile is left out. Throws only a failure of the store.
    func settle(_ outcomes: [(Delivery.ID, Delivery.Outcome)], now: Date) throws
    /// Copies that are owed, of one list or of all, after a row.
    /// Throws only a failure of the store.
    func owedCopies(
        of list: MailingList.ID?,
        after id: Delivery.ID,
        limit: Int
    ) throws -> [OwedCopy]
    /// Makes every copy due now, of one list or of all, also those that wait for the
    /// administrator; returns how many.
    /// Throws only a failure of the store.
    func retryDeliveries(of list: MailingList.ID?, now: Date) throws -> Int
    /// The same for some copies, by row. Throws only a failure of the store.
    func retryDeliveries(_ ids: [Delivery.ID], now: Date) throws -> Int
    /// Makes copies due whose next attempt lies after a time: the clock was set back, because
    /// no pause is so long. Throws only a failure of the store.
    func endPauses(after end: Date, now: Date) throws
    /// How many copies wait for the administrator, for a reason.
    /// Throws only a failure of the store.
    func waitingDeliveries(for reason: Delivery.Wait) throws -> Int
    /// Deletes copies that are owed, by row; returns how many there were.
    /// Throws only a failure of the store.
    func dropDeliveries(_ ids: [Delivery.ID]) throws -> Int
    /// The octets of all sealed posts, once for each copy that is owed.
    /// Throws only a failure of the store.
    func owedOctets() throws -> Int64

    /// Sealed posts of a list of which copies are owed, after a row, ordered by row.
    /// Throws only a failure of the store.
    func storedPosts(
        of list: MailingList.ID,
        after id: Int64,
        limit: Int
    ) throws -> [(id: Int64, post: SealedPost)]
    /// How many posts a list has archived. Throws only a failure of the store.
    func archivedCount(of list: MailingList.ID) throws -> Int
    /// Posts that a list has archived, after a row, ordered by row.
    /// Throws only a failure of the store.
    func archivedPosts(
        of list: MailingList.ID,
        after id: Int64,
        limit: Int
    ) throws -> [(id: Int64, post: SealedPost)]
    /// Replaces a sealed post by the same one sealed to another key, owed and archived, if
    /// it is still there. Throws only a failure of the store.
    func replaceSeal(of post: SealedPost, by bytes: [UInt8]) throws
}
