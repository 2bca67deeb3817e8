/// The records of a store inside one transaction: what the rules of storing read and write.
///
/// The rules (``AcceptanceWriter``, ``TransitionWriter``, ``DeliverySettlement``, …) decide;
/// a store only carries each operation out, mostly as one statement, and enforces its
/// constraints. A value is good until the closure that received it returns, on the thread
/// that runs it.
///
/// Every operation can throw a failure of the store (see ``ListStore``), and
/// ``ListStoreError/notFound`` if it writes a row of a list or a person that was deleted
/// meanwhile; one that throws anything else says so.
public protocol StoreTransaction: ListRows, PeopleRows, PostRows, PendingRows {}
