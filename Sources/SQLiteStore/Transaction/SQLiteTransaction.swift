import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// The records, inside a transaction that its caller commits or rolls back.
struct SQLiteTransaction: StoreTransaction {
    let db: Database

    init(_ db: Database) {
        self.db = db
    }

    func list(_ id: MailingList.ID) throws -> MailingList? { try ListRecord.find(id, in: db) }

    func isInUse(_ address: EmailAddress) throws -> Bool {
        try ListRecord.isTaken(address, in: db)
    }

    func nextListNumber() throws -> MailingList.ID {
        try db.execute(sql: "INSERT INTO list_number DEFAULT VALUES")
        return db.lastInsertedRowID
    }

    func insert(_ list: MailingList) throws { try ListRecord.insert(list, in: db) }

    func replaceSettings(_ settings: ListSettings, of list: MailingList.ID) throws {
        try ListRecord.update(settings, of: list, in: db)
    }

    func write(
        _ certifications: [Certification],
        of list: MailingList.ID,
        maximum: Int
    ) throws {
        try CertificationRecord.write(certifications, of: list, maximum: maximum, in: db)
    }

    func deleteCertifications(by certifier: Fingerprint, of list: MailingList.ID) throws {
        try CertificationRecord.forget(certifier, of: list, in: db)
    }

    func bind(
        _ certificate: Certificate,
        to address: EmailAddress,
        of list: MailingList.ID,
        now: Date
    ) throws {
        try ExternalContactRecord.bind(certificate, to: address, of: list, now: now, in: db)
    }

    func unbind(_ address: EmailAddress, of list: MailingList.ID) throws -> Bool {
        try ExternalContactRecord.unbind(address, of: list, in: db)
    }

    func count(_ counter: ListCounter, of list: MailingList.ID) throws {
        try CounterRecord.count(counter, of: list, in: db)
    }

    func advanceClock(to now: Date) throws { try ClockRecord.advance(to: now, in: db) }
}
