import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// A row of `list`, with its rows of `setting`.
struct ListRecord {
    private static let selection = """
        SELECT id, address, fingerprint, key_number, previous_fingerprint, previous_opens,
            previous_ends, created
        FROM list
        """

    private static func list(_ row: Row, in db: Database) throws -> MailingList {
        let id: Int64 = row["id"]
        guard let address = EmailAddress(row["address"]),
            let fingerprint = Fingerprint(hex: row["fingerprint"])
        else { throw SQLiteStoreError.damaged(table: "list", row: id) }
        return MailingList(
            id: id,
            address: address,
            fingerprint: fingerprint,
            keyNumber: row["key_number"],
            previousKey: (row["previous_fingerprint"] as String?)
                .flatMap { Fingerprint(hex: $0) }
                .map { previous in
                    PreviousKey(
                        fingerprint: previous,
                        opensMail: row["previous_opens"],
                        ends: Date(timestamp: row["previous_ends"])
                    )
                },
            created: Date(timestamp: row["created"]),
            settings: try SettingRecord.settings(of: id, in: db)
        )
    }

    static func all(in db: Database) throws -> [MailingList] {
        try Row.fetchAll(db, sql: selection + " ORDER BY address_key").map { try list($0, in: db) }
    }

    static func find(_ id: MailingList.ID, in db: Database) throws -> MailingList? {
        try Row.fetchOne(db, sql: selection + " WHERE id = ?", arguments: [id])
            .map { try list($0, in: db) }
    }

    static func find(_ address: EmailAddress, in db: Database) throws -> MailingList? {
        try Row.fetchOne(db, sql: selection + " WHERE address_key = ?", arguments: [address.key])
            .map { try list($0, in: db) }
    }

    /// Whether a list has this address, or another one of the same List-Id:
    /// `a.b@c.example` and `a@b.c.example` have, and would share receipts.
    static func isTaken(_ address: EmailAddress, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM list WHERE address_key = ? OR list_id = ?)",
            arguments: [address.key, MailingList.listID(of: address)]
        ) ?? false
    }

    /// Whether a list's key is the one in force, or the one before until its end; true if
    /// there is no such list, which others notice.
    static func isInForce(_ list: MailingList, now: Date, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT fingerprint = :key
                    OR previous_fingerprint IS :key AND previous_ends > :now
                FROM list WHERE id = :list
                """
        )
        return try Bool.fetchOne(
            statement,
            arguments: [
                "key": list.fingerprint.description, "now": now.timestamp, "list": list.id,
            ]
        ) ?? true
    }

    /// Writes a new row; throws ``ListStoreError/addressTaken`` as
    /// ``isTaken(_:in:)`` says.
    static func insert(_ list: MailingList, in db: Database) throws {
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
