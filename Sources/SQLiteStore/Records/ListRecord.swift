import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// A row of `list`, with its rows of `setting`.
struct ListRecord {
    private static let selection = """
        SELECT id, address, list_id, fingerprint, key_number, previous_fingerprint, previous_opens,
            previous_ends, created
        FROM list
        """

    private static func list(_ row: Row, in db: Database) throws -> MailingList {
        let id: Int64 = row["id"]
        return try list(
            row,
            aliases: AliasRecord.all(of: id, in: db),
            settings: SettingRecord.settings(of: id, in: db)
        )
    }

    private static func list(
        _ row: Row,
        aliases: [EmailAddress],
        settings: ListSettings
    ) throws -> MailingList {
        let id: Int64 = row["id"]
        guard let address = EmailAddress(row["address"]),
            let fingerprint = Fingerprint(hex: row["fingerprint"])
        else { throw SQLiteStoreError.damaged(table: "list", row: id) }
        let previous = (row["previous_fingerprint"] as String?)
            .flatMap { Fingerprint(hex: $0) }
            .map { previous in
                PreviousKey(
                    fingerprint: previous,
                    opensMail: row["previous_opens"],
                    ends: Date(timestamp: row["previous_ends"])
                )
            }
        return MailingList(
            id: id,
            address: address,
            aliases: aliases,
            listID: row["list_id"],
            key: MailingList.Key(
                fingerprint: fingerprint,
                number: row["key_number"],
                previous: previous
            ),
            created: Date(timestamp: row["created"]),
            settings: settings
        )
    }

    static func all(in db: Database) throws -> [MailingList] {
        // Three statements, however many lists there are.
        let aliases = try AliasRecord.all(in: db)
        let settings = try SettingRecord.all(in: db)
        return try Row.fetchAll(db, sql: selection + " ORDER BY address_key").map { row in
            let id: Int64 = row["id"]
            return try list(
                row,
                aliases: aliases[id] ?? [],
                settings: settings[id] ?? ListSettings()
            )
        }
    }

    static func find(_ id: MailingList.ID, in db: Database) throws -> MailingList? {
        try Row.fetchOne(db, sql: selection + " WHERE id = ?", arguments: [id])
            .map { try list($0, in: db) }
    }

    /// The list with this address, its own or another.
    static func find(_ address: EmailAddress, in db: Database) throws -> MailingList? {
        let statement = try db.cachedStatement(sql: selection + " WHERE address_key = ?")
        if let row = try Row.fetchOne(statement, arguments: [address.key]) {
            return try list(row, in: db)
        }
        return try AliasRecord.list(with: address, in: db).flatMap { try find($0, in: db) }
    }

    /// Whether no new list can have this address: one has it, or the same List-Id.
    ///
    /// `a.b@c.example` and `a@b.c.example` have, and would share receipts.
    static func isTaken(_ address: EmailAddress, in db: Database) throws -> Bool {
        if try find(address, in: db) != nil { return true }
        return try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM list WHERE list_id = ?)",
            arguments: [MailingList.listID(of: address)]
        ) ?? false
    }

    /// Writes another address; what the list was called before is an alias from now on.
    static func rename(
        _ id: MailingList.ID,
        to address: EmailAddress,
        in db: Database
    ) throws {
        guard let list = try find(id, in: db) else { throw ListStoreError.notFound }
        // Another case of the same address is no other address.
        let isSame = list.address == address
        if !isSame { _ = try AliasRecord.delete(address, of: id, in: db) }
        guard try isSame || find(address, in: db) == nil else {
            throw ListStoreError.addressTaken
        }
        try db.run(
            "UPDATE list SET address = ?, address_key = ? WHERE id = ?",
            [address.description, address.key, id]
        )
        if !isSame { try AliasRecord.insert(list.address, of: id, in: db) }
    }

    /// Writes a new row; throws ``ListStoreError/addressTaken`` as
    /// ``isTaken(_:in:)`` says.
    static func insert(_ list: MailingList, in db: Database) throws {
        guard try !isTaken(list.address, in: db) else { throw ListStoreError.addressTaken }
        try db.run(
            """
            INSERT INTO list (id, address, address_key, list_id, fingerprint, created)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (address_key) DO NOTHING ON CONFLICT (list_id) DO NOTHING
            """,
            [
                list.id, list.address.description, list.address.key, list.listID,
                list.fingerprint.description, list.created.timestamp,
            ]
        )
        guard db.changesCount == 1 else { throw ListStoreError.addressTaken }
        try SettingRecord.replace(list.settings, of: list.id, in: db)
    }

    /// Replaces the settings of a list that there is.
    static func update(
        _ settings: ListSettings,
        of list: MailingList.ID,
        in db: Database
    ) throws {
        guard try find(list, in: db) != nil else { throw ListStoreError.notFound }
        try SettingRecord.replace(settings, of: list, in: db)
    }
}
