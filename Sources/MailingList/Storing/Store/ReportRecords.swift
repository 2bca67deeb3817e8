public import Foundation

/// What the owners must be told, and people of their own keys and copies.
public protocol ReportRecords: Sendable {
    /// The lists that have something of a kind to tell, in no order.
    ///
    /// With a report, only those whose owners have not been told of it within
    /// ``OwnerReport/interval``. Throws only a failure of the store.
    func lists(
        awaiting pending: PendingReport,
        due report: OwnerReport?,
        now: Date
    ) throws -> [MailingList.ID]
    /// Whether a day has passed since owners were told of this.
    ///
    /// What queues such a report notes the time. Throws only a failure of the store.
    func isDue(_ report: OwnerReport, of list: MailingList.ID, now: Date) throws -> Bool
    /// Subscribers without copies of whom the owners have not been told.
    /// Throws only a failure of the store.
    func unnotifiedUnusableSubscribers(
        of list: MailingList.ID,
        limit: Int
    ) throws -> [Subscriber]
    /// Queues a report to the owners, and notes of whom it tells.
    ///
    /// Owners who cannot read it get the summons instead. Throws only a failure of the
    /// store.
    func report(
        _ post: SealedPost,
        summons: SealedPost,
        about subscribers: [Subscriber.ID],
        of list: MailingList.ID,
        now: Date
    ) throws

    /// People whose key can encrypt at `now` and no longer at `end`, and who have not been
    /// warned. Throws only a failure of the store.
    func unwarnedExpiringSubscribers(
        of list: MailingList.ID,
        from now: Date,
        until end: Date,
        limit: Int
    ) throws -> [Subscriber]
    /// Queues warnings about keys, and notes whom they concern, unless a person has another
    /// key by now.
    ///
    /// Throws ``ListStoreError/noReader`` if an answer is for owners of whom none can read
    /// it.
    func warn(
        _ answers: [SealedAnswer],
        aboutKeysOf subscribers: [Subscriber],
        of list: MailingList.ID,
        now: Date
    ) throws

    /// Days on which a person's copies came back, the first one first, and why.
    /// Throws only a failure of the store.
    func bounces(of subscriber: Subscriber.ID) throws -> [(received: Date, bounce: Bounce)]
    /// People whose delivery bounces have suspended before a time, and of whom a reader has
    /// not been told. Throws only a failure of the store.
    func suspendedSubscribers(
        of list: MailingList.ID,
        before time: Date,
        untold reader: SuspensionReader,
        limit: Int
    ) throws -> [Subscriber]
    /// Queues mails about suspended deliveries, and notes who has been told.
    ///
    /// Throws ``ListStoreError/noReader`` if an answer is for owners of whom none can read
    /// it.
    func tell(
        _ answers: [SealedAnswer],
        to reader: SuspensionReader,
        of subscribers: [Subscriber.ID],
        in list: MailingList.ID,
        now: Date
    ) throws

    /// Posts that were to be forwarded to people outside and were not, and why.
    /// Throws only a failure of the store.
    func unsent(of list: MailingList.ID, limit: Int) throws -> [Unsent]
    /// Queues mails about posts that were not forwarded, and deletes the notes of them.
    ///
    /// Throws ``ListStoreError/noReader`` if no owner can read them; then nothing is
    /// deleted.
    func tell(
        _ answers: [SealedAnswer],
        ofUnsent rows: [Unsent],
        in list: MailingList.ID,
        now: Date
    ) throws
    /// Copies that did not reach a subscriber, of which owners have not been told.
    /// Throws only a failure of the store.
    func missedCopies(of list: MailingList.ID, limit: Int) throws -> [MissedCopy]
    /// Queues mails about copies that did not reach subscribers, and deletes the notes.
    ///
    /// Throws ``ListStoreError/noReader`` if no owner can read them; then nothing is
    /// deleted.
    func tell(
        _ answers: [SealedAnswer],
        ofMissed rows: [MissedCopy],
        in list: MailingList.ID,
        now: Date
    ) throws
    /// How many messages to a list were dropped since owners were last told.
    /// Throws only a failure of the store.
    func unreportedDrops(of list: MailingList.ID) throws -> Int
    /// Queues mails about so many dropped messages, and notes that these are reported.
    ///
    /// Without an owner who can read it they are not, and the next day's report counts
    /// them. Throws only a failure of the store.
    func tell(
        _ answers: [SealedAnswer],
        ofDrops count: Int,
        in list: MailingList.ID,
        now: Date
    ) throws
}
