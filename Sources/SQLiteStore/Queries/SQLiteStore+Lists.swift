public import Foundation
import GRDB
public import MailingList
public import OpenPGP
public import SMTP

extension SQLiteStore {
    /// All lists, by address.
    public func lists() throws -> [MailingList] {
        try read { try ListRecord.all(in: $0) }
    }

    /// The list with this posting address.
    public func list(at address: EmailAddress) throws -> MailingList? {
        try read { try ListRecord.find(address, in: $0) }
    }

    /// The list with this number.
    public func list(_ id: MailingList.ID) throws -> MailingList? {
        try read { try ListRecord.find(id, in: $0) }
    }

    /// Gives a list another address, and puts word of that on its way to everybody.
    public func rename(
        _ list: MailingList.ID,
        to address: EmailAddress,
        announcement: SealedPost,
        now: Date
    ) throws {
        try write { db in
            try ListRecord.rename(list, to: address, in: db)
            _ = try SQLiteTransaction(db).distribute(
                announcement,
                of: list,
                to: .everybody,
                now: now
            )
        }
    }

    /// Gives a list an address beside its own.
    public func addAlias(_ address: EmailAddress, to list: MailingList.ID) throws {
        try write { try AliasRecord.insert(address, of: list, in: $0) }
    }

    /// Takes an address from a list, and says whether it was one beside its own.
    public func removeAlias(_ address: EmailAddress, from list: MailingList.ID) throws -> Bool {
        try write { try AliasRecord.delete(address, of: list, in: $0) }
    }

    /// Signatures over the names of the list's key, to be published with it.
    public func certifications(of list: MailingList.ID) throws -> [Certification] {
        try read { try CertificationRecord.all(of: list, in: $0) }
    }

    /// Deletes a list; the schema takes along all that hangs on it.
    public func deleteList(_ list: MailingList.ID) throws {
        try write { try $0.change("DELETE FROM list WHERE id = ?", [list]) }
    }

    /// Whether a domain has nothing but lists, so that postmaster@ is ours.
    public func isDedicated(domain: String) throws -> Bool {
        try read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM dedicated_domain WHERE domain = ?)",
                arguments: [domain.lowercased()]
            ) ?? false
        }
    }

    /// Notes which domains have nothing but lists.
    public func setDedicatedDomains(_ domains: [String]) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM dedicated_domain")
            for domain in Set(domains.map { $0.lowercased() }) {
                try db.run("INSERT INTO dedicated_domain (domain) VALUES (?)", [domain])
            }
        }
    }
}
