public import Foundation
public import OpenPGP
public import SMTP

/// Operations of a transaction on lists and what belongs to them.
public protocol ListRows {
    /// The list with this number.
    func list(_ id: MailingList.ID) throws -> MailingList?
    /// Whether a list has this address, as its own or as an alias, or the List-Id that a new
    /// list at this address would have.
    func isInUse(_ address: EmailAddress) throws -> Bool
    /// A number for a new list that no list ever had.
    func nextListNumber() throws -> MailingList.ID
    /// Writes a new list with its settings.
    /// Throws ``ListStoreError/addressTaken`` if a list has its address or its List-Id.
    func insert(_ list: MailingList) throws
    /// Replaces the settings. Throws ``ListStoreError/notFound`` without such a list.
    func replaceSettings(_ settings: ListSettings, of list: MailingList.ID) throws

    /// Writes certifications of a list's key in place of older ones by the same key about
    /// the same user id; leaves out what would be more than `maximum`.
    func write(
        _ certifications: [Certification],
        of list: MailingList.ID,
        maximum: Int
    ) throws
    /// Deletes the certifications that a key has made.
    func deleteCertifications(by certifier: Fingerprint, of list: MailingList.ID) throws

    /// Writes the key of an address outside the list, or replaces it.
    func bind(
        _ certificate: Certificate,
        to address: EmailAddress,
        of list: MailingList.ID,
        now: Date
    ) throws
    /// Deletes the key of an address outside the list; false if there was none.
    func unbind(_ address: EmailAddress, of list: MailingList.ID) throws -> Bool

    /// Adds one to a counter of a list.
    func count(_ counter: ListCounter, of list: MailingList.ID) throws
    /// Keeps the latest time that a commit was made at; never moves it back.
    func advanceClock(to now: Date) throws
}
