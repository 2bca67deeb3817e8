import GRDB
import MailingList
import SMTP

/// Rows of `alias`: addresses of a list beside its own.
enum AliasRecord {
    /// The aliases of a list, by address.
    static func all(of list: MailingList.ID, in db: Database) throws -> [EmailAddress] {
        let statement = try db.cachedStatement(
            sql: "SELECT address FROM alias WHERE list = ? ORDER BY address_key"
        )
        return try String.fetchAll(statement, arguments: [list]).map { try address($0, list) }
    }

    /// The aliases of every list that has any, by address.
    static func all(in db: Database) throws -> [MailingList.ID: [EmailAddress]] {
        var all: [MailingList.ID: [EmailAddress]] = [:]
        let statement = try db.cachedStatement(
            sql: "SELECT list, address FROM alias ORDER BY address_key"
        )
        for row in try Row.fetchAll(statement) {
            let list: MailingList.ID = row["list"]
            all[list, default: []].append(try address(row["address"], list))
        }
        return all
    }

    private static func address(_ text: String, _ list: MailingList.ID) throws -> EmailAddress {
        guard let address = EmailAddress(text) else {
            throw SQLiteStoreError.damaged(table: "alias", row: list)
        }
        return address
    }

    /// Whose alias an address is.
    static func list(with address: EmailAddress, in db: Database) throws -> MailingList.ID? {
        let statement = try db.cachedStatement(
            sql: "SELECT list FROM alias WHERE address_key = ?"
        )
        return try MailingList.ID.fetchOne(statement, arguments: [address.key])
    }

    /// Gives a list another address; throws ``ListStoreError/addressTaken`` if it is one.
    static func insert(
        _ address: EmailAddress,
        of list: MailingList.ID,
        in db: Database
    ) throws {
        guard try ListRecord.find(address, in: db) == nil else {
            throw ListStoreError.addressTaken
        }
        guard try all(of: list, in: db).count < MailingList.maximumAliases else {
            throw ListStoreError.tooMany
        }
        try db.run(
            "INSERT INTO alias (address_key, address, list) VALUES (?, ?, ?)",
            [address.key, address.description, list]
        )
    }

    /// Takes an address from a list, and says whether it was an alias of it.
    static func delete(
        _ address: EmailAddress,
        of list: MailingList.ID,
        in db: Database
    ) throws -> Bool {
        try db.run("DELETE FROM alias WHERE address_key = ? AND list = ?", [address.key, list])
        return db.changesCount == 1
    }
}
