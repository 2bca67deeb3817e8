public import Foundation

/// What the administrator must know: counters, alarms, the state of everything, the clock.
public protocol StatusRecords: Sendable {
    /// Counts something that happened to a list.
    /// Throws ``ListStoreError/notFound`` without such a list.
    func count(_ counter: ListCounter, of list: MailingList.ID) throws
    /// What has been counted, over all lists. Throws only a failure of the store.
    func counts() throws -> [ListCounter: Int]
    /// Raises an alarm, or replaces its detail. Throws only a failure of the store.
    func raise(_ alarm: Alarm, detail: String, now: Date) throws
    /// Ends an alarm. Throws only a failure of the store.
    func clear(_ alarm: Alarm) throws
    /// The state of everything, for `listseal status`. Throws only a failure of the store.
    func status(now: Date) throws -> StoreStatus
    /// Deletes the records whose time is over. Throws only a failure of the store.
    func prune(now: Date) throws
    /// Tells the store that the clock is right again after a wrong later time.
    /// Throws only a failure of the store.
    func acceptTime(_ now: Date) throws
    /// The latest time that a commit was made at, to detect a clock that was set back.
    /// Throws only a failure of the store.
    func latestTime() throws -> Date?
}
