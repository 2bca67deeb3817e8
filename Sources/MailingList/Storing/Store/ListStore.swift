/// Keeps lists, and everything that must survive a crash.
///
/// Every method is one transaction and blocks until it is on disk. They may be called from
/// any thread, and from several processes at once: the daemon and the command line share a
/// store.
///
/// Every method can throw a failure of the store: the disk is full or broken, another
/// process holds it for longer than the store waits, or a row is damaged. That is never the
/// fault of who sent a message: a peer gets 451 and tries again. A method that throws
/// anything else says so.
///
/// Each protocol answers one question, so that a caller can say what it needs:
/// ``ListRecords`` (which lists are there), ``PeopleRecords`` (who is on them),
/// ``PostRecords`` (what was accepted, and which copies are owed), ``WorkflowRecords``
/// (what waits for a person's answer), ``HeldPostRecords`` (what waits for a moderator),
/// ``ReportRecords`` (what the owners must be told), and ``StatusRecords`` (what the
/// administrator must know).
///
/// A new kind of store is a target of its own that passes the conformance suite of the
/// tests unchanged.
public protocol ListStore: ListRecords, PeopleRecords, PostRecords, WorkflowRecords,
    HeldPostRecords, ReportRecords, StatusRecords
{
    /// Runs a closure in one transaction that is on disk on return; what the closure throws
    /// rolls everything back and is thrown again.
    ///
    /// Nobody else writes between the closure's first reading and its last writing. The
    /// store implements this; the methods that only apply rules to records are implemented
    /// over it, once for all stores.
    func transaction<Value>(_ work: (any StoreTransaction) throws -> Value) throws -> Value
}
