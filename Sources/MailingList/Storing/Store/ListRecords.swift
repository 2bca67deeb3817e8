public import Foundation
public import OpenPGP
public import SMTP

/// Which lists there are, with their addresses, settings and keys.
public protocol ListRecords: Sendable {
    /// All lists, ordered by address. Throws only a failure of the store.
    func lists() throws -> [MailingList]
    /// The list with this posting address, its own or an alias, in any case of letters.
    /// Throws only a failure of the store.
    func list(at address: EmailAddress) throws -> MailingList?
    /// The list with this number. Throws only a failure of the store.
    func list(_ id: MailingList.ID) throws -> MailingList?
    /// Makes a list with its owners and its key, or nothing of it.
    ///
    /// The key is made while the row is not yet on disk, in the home that its number names,
    /// so that a list without a key never exists, and outside any transaction, because it
    /// takes seconds. No number is given twice. List and owners are then written in one
    /// transaction.
    ///
    /// - Parameters:
    ///   - address: The posting address.
    ///   - settings: The settings.
    ///   - owners: The people with whom it begins, with their roles and certificates.
    ///   - now: The time.
    ///   - makeKey: Makes the key, and whatever belongs to it such as its revocation
    ///     certificate, in the home of this number.
    ///   - discardKey: Deletes what `makeKey` has made; called whenever `makeKey` was called
    ///     and the list was not written. After a crash in between the home is left over.
    /// - Returns: The list as it is stored.
    /// - Throws: ``ListStoreError/keyInUse`` before a key is made if two owners share a key;
    ///   ``ListStoreError/addressTaken`` if a list has this address or this List-Id, before
    ///   the key is made, or after it if somebody else was faster; and what `makeKey` throws.
    func createList(
        at address: EmailAddress,
        settings: ListSettings,
        owners: [NewSubscriber],
        now: Date,
        makeKey: (MailingList.ID) throws -> Fingerprint,
        discardKey: (MailingList.ID) -> Void
    ) throws -> MailingList
    /// Gives a list another address and queues the announcement for everybody on it.
    ///
    /// The address before becomes an alias; ``MailingList/listID`` stays. Throws
    /// ``ListStoreError/addressTaken`` if the address is another list's,
    /// ``ListStoreError/tooMany`` above ``MailingList/maximumAliases``, and
    /// ``ListStoreError/notFound`` without such a list.
    func rename(
        _ list: MailingList.ID,
        to address: EmailAddress,
        announcement: SealedPost,
        now: Date
    ) throws
    /// Gives a list an address beside its own.
    ///
    /// Throws ``ListStoreError/addressTaken`` if a list has it, ``ListStoreError/tooMany``
    /// above ``MailingList/maximumAliases``, and ``ListStoreError/notFound`` without such a
    /// list.
    func addAlias(_ address: EmailAddress, to list: MailingList.ID) throws
    /// Removes an alias of a list; false if it was none. Throws only a failure of the store.
    func removeAlias(_ address: EmailAddress, from list: MailingList.ID) throws -> Bool
    /// Reads, changes and writes the settings of a list in one transaction, so that of two
    /// changes at once both are kept; returns the settings as they are now.
    ///
    /// Throws ``ListStoreError/notFound`` without such a list, and what the closure throws:
    /// then nothing is changed.
    @discardableResult
    func changeSettings(
        of list: MailingList.ID,
        _ change: (inout ListSettings) throws -> Void
    ) throws -> ListSettings
    /// Deletes a list with its subscribers, its posts and every copy that is owed.
    /// Throws ``ListStoreError/notFound`` without such a list.
    func deleteList(_ list: MailingList.ID) throws

    /// Signatures over the user ids of the list's key, to be published with it.
    /// Throws only a failure of the store.
    func certifications(of list: MailingList.ID) throws -> [Certification]
    /// Replaces a list's key and queues the announcement for everybody on the list.
    ///
    /// `list` is the list as the caller has read it. Certifications of the old key are
    /// deleted. Throws ``ListStoreError/outdated`` if its key has changed since, or if a
    /// previous key is still in use.
    func replaceKey(
        of list: MailingList,
        by next: MailingList,
        announcement: SealedPost,
        now: Date
    ) throws
    /// From now on nothing that is sealed to the previous key is accepted, whatever its
    /// time. Throws only a failure of the store.
    func closePreviousKey(of list: MailingList) throws
    /// Deletes the previous key's fingerprint, when nothing is encrypted to it any more.
    /// Throws only a failure of the store.
    func forgetPreviousKey(of list: MailingList) throws

    /// What is known of the end of each list's key; a list whose key was never looked at, or
    /// was replaced since, is not in it. Throws only a failure of the store.
    func keyEnds() throws -> [MailingList.ID: KeyEnd]
    /// Writes when a list's key ends, unless it was replaced meanwhile.
    /// Throws only a failure of the store.
    func note(_ end: KeyEnd, of list: MailingList) throws

    /// Whether a domain has nothing but lists, so that postmaster@ is ours.
    /// Throws only a failure of the store.
    func isDedicated(domain: String) throws -> Bool
    /// Replaces the list of domains that have nothing but lists.
    /// Throws only a failure of the store.
    func setDedicatedDomains(_ domains: [String]) throws
}
