public import Foundation
public import OpenPGP
public import SMTP

/// Keeps lists, and everything that must survive a crash.
///
/// Every method is one transaction and blocks until it is on disk. They may be
/// called from any thread, and from several processes at once: the daemon and
/// the command line share a store. Whatever a store throws is our failure: a
/// peer gets 451, and comes again.
///
/// A new kind of store is a target of its own that passes the conformance
/// suite of the tests unchanged.
public protocol ListStore: Sendable {
    // MARK: Lists

    /// All lists, by address.
    func lists() throws -> [MailingList]
    /// The list with this posting address, its own or an alias.
    func list(at address: EmailAddress) throws -> MailingList?
    /// The list with this number.
    func list(_ id: MailingList.ID) throws -> MailingList?
    /// Makes a list. Throws ``ListStoreError/addressTaken`` if there is one.
    ///
    /// The key is made while the row is not yet on disk, in the home that its
    /// number names, so that a list without a key never exists, and outside any
    /// transaction, because it takes seconds. No number is given twice. Who
    /// makes a list at the same address at once can be refused after the key
    /// was made: the caller then removes its home.
    func createList(
        at address: EmailAddress,
        settings: ListSettings,
        now: Date,
        makeKey: (MailingList.ID) throws -> Fingerprint
    ) throws -> MailingList
    /// Gives a list another address, and puts word of that on its way to everybody; the
    /// address before becomes an alias, and ``MailingList/listID`` stays.
    ///
    /// Throws ``ListStoreError/addressTaken`` if the address is another list's, and
    /// ``ListStoreError/tooMany`` above ``MailingList/maximumAliases``.
    func rename(
        _ list: MailingList.ID,
        to address: EmailAddress,
        announcement: SealedPost,
        now: Date
    ) throws
    /// Gives a list an address beside its own. Throws as renaming does.
    func addAlias(_ address: EmailAddress, to list: MailingList.ID) throws
    /// Takes an address from a list, and says whether it was one beside its own.
    func removeAlias(_ address: EmailAddress, from list: MailingList.ID) throws -> Bool
    /// Signatures over the names of the list's key, to be published with it.
    func certifications(of list: MailingList.ID) throws -> [Certification]
    /// Replaces the settings.
    func update(_ settings: ListSettings, of list: MailingList.ID) throws
    /// Puts another key in the place of a list's, and word of that on its way to everybody.
    ///
    /// The list is the one before; throws ``ListStoreError/outdated`` if it has changed, or
    /// has a key before still. Certifications of the old key are forgotten.
    func replaceKey(
        of list: MailingList,
        by next: MailingList,
        announcement: SealedPost,
        now: Date
    ) throws
    /// Takes nothing more that is sealed to the key before, whatever its time.
    func closePreviousKey(of list: MailingList) throws
    /// Forgets the key before, when nothing is encrypted to it any more.
    func forgetPreviousKey(of list: MailingList) throws
    /// Sealed posts of a list that are stored, after a row, in the order of their rows.
    func storedPosts(
        of list: MailingList.ID,
        after id: Int64,
        limit: Int
    ) throws -> [(id: Int64, post: SealedPost)]
    /// How many posts a list keeps.
    func archivedCount(of list: MailingList.ID) throws -> Int
    /// Posts that a list keeps, after a row, in the order of their rows.
    func archivedPosts(
        of list: MailingList.ID,
        after id: Int64,
        limit: Int
    ) throws -> [(id: Int64, post: SealedPost)]
    /// Stores the same post under another seal, owed and kept, if it is still there.
    func replaceSeal(of post: SealedPost, by bytes: [UInt8]) throws
    /// Stores the same held message under another seal, if it is still there.
    func replaceSeal(ofHeld post: HeldPost, replacing old: [UInt8]) throws
    /// Deletes a list with its subscribers, its posts and all that is owed.
    func deleteList(_ list: MailingList.ID) throws
    /// Whether a domain has nothing but lists, so that postmaster@ is ours.
    func isDedicated(domain: String) throws -> Bool
    /// Notes which domains have nothing but lists.
    func setDedicatedDomains(_ domains: [String]) throws

    // MARK: Subscribers

    /// People of a list after a row, in the order of their rows.
    func subscribers(
        of list: MailingList.ID,
        after id: Subscriber.ID,
        limit: Int
    ) throws -> [Subscriber]
    /// The person with this address.
    func subscriber(at address: EmailAddress, of list: MailingList.ID) throws -> Subscriber?
    /// The person whose copies carry this token.
    func subscriber(with token: AddressToken, of list: MailingList.ID) throws -> Subscriber?
    /// The owners of a list.
    func owners(of list: MailingList.ID) throws -> [Subscriber]
    /// Adds a person, or gives roles and a certificate to one who is there.
    ///
    /// Throws ``ListStoreError/keyInUse`` if any key of the certificate belongs
    /// to another person of the list: two owners of one key could sign for each
    /// other.
    func addSubscriber(
        _ address: EmailAddress,
        roles: Subscriber.Roles,
        certificate: Certificate?,
        token: AddressToken,
        to list: MailingList.ID,
        now: Date
    ) throws -> Subscriber
    /// Replaces the certificate, and forgets that the old one was unusable.
    func setCertificate(_ certificate: Certificate, of subscriber: Subscriber.ID) throws
    /// The same, of a certificate that was looked at for it.
    ///
    /// Throws ``ListStoreError/outdated`` if she has another one by now: it may be revoked,
    /// and the new one would take that back.
    func replace(
        _ old: Certificate,
        by certificate: Certificate,
        of subscriber: Subscriber.ID
    ) throws
    /// Suspends or resumes the copies.
    func setDelivery(_ delivery: Subscriber.Delivery, of subscriber: Subscriber.ID) throws
    /// Takes roles away, and what is owed to her in these roles; without any
    /// left the person is removed, with all that is owed to her.
    func removeRoles(_ roles: Subscriber.Roles, of subscriber: Subscriber.ID) throws

    /// The key that owners have bound to an address outside the list.
    func outsider(at address: EmailAddress, of list: MailingList.ID) throws -> ExternalContact?
    /// All of them, by address.
    func outsiders(of list: MailingList.ID) throws -> [ExternalContact]

    // MARK: Taking a message

    /// Whether this delivery has been taken.
    func hasReceipt(_ receipt: Receipt) throws -> Bool
    /// Whether this signed content has been seen in the list.
    func isClaimed(_ claim: SignatureClaim) throws -> Bool
    /// How many posts of a person were taken on the day of a time, in UTC.
    func posts(of author: Subscriber.ID, on time: Date) throws -> Int
    /// Commits all of it or nothing; the receipts decide between two doors.
    ///
    /// A claim that another acceptance of the same call has made is no replay:
    /// one message can be for two roles of a list. Throws
    /// ``ListStoreError/noReader`` for mail to owners of whom none can read it,
    /// and ``ListStoreError/notFound`` if a list or a person is gone meanwhile.
    ///
    /// Subscribers whose key cannot encrypt at `now` get no row: they are noted,
    /// and ``unnotifiedUnusableSubscribers(of:limit:)`` finds them.
    func commit(_ acceptances: [Acceptance], now: Date) throws -> CommitResult

    // MARK: Workflows

    /// The workflow that waits for the token with this digest.
    func workflow(awaiting token: [UInt8]) throws -> Workflow?
    /// The workflow with this number.
    func workflow(_ id: Workflow.ID) throws -> Workflow?
    /// A person's workflow of one kind, if one is under way at a time.
    func workflow(
        _ kind: Workflow.Kind,
        of address: EmailAddress,
        in list: MailingList.ID,
        now: Date
    ) throws -> Workflow?
    /// Workflows of a list, after a row, in the order of their rows.
    func workflows(
        of list: MailingList.ID?,
        after id: Workflow.ID,
        limit: Int
    ) throws -> [Workflow]
    /// Workflows that wait for a program, after a row, in the order of their rows.
    func workflowsAwaitingPrograms(
        after id: Workflow.ID,
        now: Date,
        limit: Int
    ) throws -> [Workflow]
    /// Certificates that wait to be proven by an address, for whoever verifies.
    func unprovenCertificates(
        of address: EmailAddress,
        in list: MailingList.ID
    ) throws -> [Certificate]
    /// Ends a workflow; says whether there was one.
    func cancelWorkflow(_ id: Workflow.ID) throws -> Bool
    /// Whether any of these keys is a list's, or that of another person of the list.
    func isTaken(
        _ keys: [Fingerprint],
        besides address: EmailAddress,
        in list: MailingList.ID
    ) throws -> Bool
    /// Whether an address may get a mail from the list that no token asked for: once
    /// a day, and all of them together so often an hour.
    func mayWrite(to address: EmailAddress, from list: MailingList.ID, now: Date) throws -> Bool
    /// Carries changes out that no mail has asked for: an administrator's.
    ///
    /// Throws ``ListStoreError/outdated`` if the state has changed meanwhile.
    func carryOut(
        _ changes: [Transition.Change],
        answers: [SealedAnswer],
        in list: MailingList.ID,
        now: Date
    ) throws

    // MARK: What waits for a moderator

    /// Messages of a list that wait for a moderator, after a row, in the order of their rows;
    /// without the messages themselves.
    func heldPosts(
        of list: MailingList.ID,
        after id: HeldPost.ID,
        limit: Int
    ) throws -> [HeldPost]
    /// The message with this number.
    func heldPost(_ id: HeldPost.ID) throws -> HeldPost?
    /// The message that a token decides about.
    func heldPost(awaiting token: [UInt8]) throws -> HeldPost?
    /// How many messages of a list wait, and how large they are.
    func heldTotals(of list: MailingList.ID) throws -> (count: Int, octets: Int64)
    /// Messages of a list that came before a time and of which nobody has been warned;
    /// without the messages themselves.
    func unwarnedHeldPosts(
        of list: MailingList.ID,
        before time: Date,
        limit: Int
    ) throws -> [HeldPost]
    /// Puts a warning about messages on its way, and notes that.
    func warn(
        _ answer: SealedAnswer,
        about posts: [HeldPost.ID],
        of list: MailingList.ID,
        now: Date
    ) throws
    /// Lets a person's posts wait for a moderator, or no longer.
    func setModerated(_ isModerated: Bool, of subscriber: Subscriber.ID) throws

    // MARK: Paying what is owed

    /// Copies that are due at a time, after a row, in the order of their rows.
    func dueDeliveries(
        after id: Delivery.ID,
        now: Date,
        limit: Int
    ) throws -> [Delivery]
    /// A sealed post with its list.
    func post(_ id: Int64) throws -> (list: MailingList, post: SealedPost)?
    /// Writes down what became of attempts, and deletes posts that are paid.
    func settle(_ outcomes: [(Delivery.ID, Delivery.Outcome)], now: Date) throws
    /// When the next copy is due, if any is owed.
    func nextDelivery() throws -> Date?
    /// What is owed, after a row.
    func owedCopies(
        of list: MailingList.ID?,
        after id: Delivery.ID,
        limit: Int
    ) throws -> [OwedCopy]
    /// Makes everything due now; returns how many.
    func retryDeliveries(of list: MailingList.ID?, now: Date) throws -> Int
    /// Gives copies up, by row; returns how many there were.
    func dropDeliveries(_ ids: [Delivery.ID]) throws -> Int
    /// The octets of all sealed posts, once for each copy that is owed.
    func owedOctets() throws -> Int64

    // MARK: Telling the owners

    /// Whether a day has gone since owners were told of this.
    ///
    /// What puts such a report on its way notes when.
    func isDue(_ report: OwnerReport, of list: MailingList.ID, now: Date) throws -> Bool
    /// Subscribers without copies of whom the owners do not know yet.
    func unnotifiedUnusableSubscribers(
        of list: MailingList.ID,
        limit: Int
    ) throws -> [Subscriber]
    /// Puts a report to the owners on its way, and notes of whom it tells.
    ///
    /// Owners who cannot read it get the summons instead.
    func report(
        _ post: SealedPost,
        summons: SealedPost,
        about subscribers: [Subscriber.ID],
        of list: MailingList.ID,
        now: Date
    ) throws

    /// People whose key can encrypt at a time and not any more at another, and of whom
    /// nobody has been told.
    func unwarnedExpiringSubscribers(
        of list: MailingList.ID,
        from now: Date,
        until end: Date,
        limit: Int
    ) throws -> [Subscriber]
    /// Puts warnings about keys on their way, and notes of whom they tell, unless one
    /// has another key by now.
    func warn(
        _ answers: [SealedAnswer],
        aboutKeysOf subscribers: [Subscriber],
        of list: MailingList.ID,
        now: Date
    ) throws

    /// Days on which a person's copies came back, and what was said then.
    func bounces(of subscriber: Subscriber.ID) throws -> [(received: Date, bounce: Bounce)]
    /// People whose copies bounces stopped before a time, and of whom somebody has not been
    /// told.
    func suspendedSubscribers(
        of list: MailingList.ID,
        before time: Date,
        untold reader: SuspensionReader,
        limit: Int
    ) throws -> [Subscriber]
    /// Puts word of stopped copies on its way, and notes who has been told.
    func tell(
        _ answers: [SealedAnswer],
        to reader: SuspensionReader,
        of subscribers: [Subscriber.ID],
        in list: MailingList.ID,
        now: Date
    ) throws

    /// What was to go on to people outside and did not, and why.
    func unsent(of list: MailingList.ID, limit: Int) throws -> [Unsent]
    /// Puts word of that on its way, and forgets it.
    func tell(
        _ answers: [SealedAnswer],
        ofUnsent rows: [Unsent],
        in list: MailingList.ID,
        now: Date
    )
        throws
    /// How many messages to a list were dropped since owners were told of that last.
    func unreportedDrops(of list: MailingList.ID) throws -> Int
    /// Puts word of so many of them on its way, and notes that they are known; without an
    /// owner who can read it they are not, and the next day tells of them.
    func tell(
        _ answers: [SealedAnswer],
        ofDrops count: Int,
        in list: MailingList.ID,
        now: Date
    ) throws

    // MARK: Keeping watch

    /// Counts something that happened to a list.
    func count(_ counter: ListCounter, of list: MailingList.ID) throws
    /// What has been counted, over all lists.
    func counts() throws -> [ListCounter: Int]
    /// Raises an alarm, or repeats it.
    func raise(_ alarm: Alarm, detail: String, now: Date) throws
    /// Ends an alarm.
    func clear(_ alarm: Alarm) throws
    /// The state of everything, for `listseal status`.
    func status(now: Date) throws -> StoreStatus
    /// Forgets receipts, claims and bounces whose time is over.
    func prune(now: Date) throws
    /// Forgets a later time that the store was told: somebody says that it was wrong.
    func acceptTime(_ now: Date) throws
    /// The latest time that the store was told, against a clock that jumps.
    func latestTime() throws -> Date?
}
