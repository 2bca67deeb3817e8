import Foundation
import GRDB
import MailingList
import OpenPGP
import SMTP

/// A row of `outsider`: the key of an address that is not on a list.
enum ExternalContactRecord {
    static func bind(
        _ certificate: Certificate,
        to address: EmailAddress,
        of list: MailingList.ID,
        now: Date,
        in db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO outsider (list, address, address_key, bound, certificate)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET address = excluded.address, bound = excluded.bound,
                certificate = excluded.certificate
            """,
            [
                list, address.description, address.key, now.timestamp,
                try CertificateColumn.text(certificate),
            ]
        )
    }

    /// Forgets it; false if there was none.
    static func unbind(
        _ address: EmailAddress,
        of list: MailingList.ID,
        in db: Database
    ) throws -> Bool {
        try db.run(
            "DELETE FROM outsider WHERE list = ? AND address_key = ?",
            [list, address.key]
        )
        return db.changesCount == 1
    }

    static func find(
        _ address: EmailAddress,
        of list: MailingList.ID,
        in db: Database
    ) throws -> ExternalContact? {
        try all("list = ? AND address_key = ?", [list, address.key], in: db).first
    }

    static func all(of list: MailingList.ID, in db: Database) throws -> [ExternalContact] {
        try all("list = ? ORDER BY address_key", [list], in: db)
    }

    private static func all(
        _ condition: String,
        _ arguments: StatementArguments,
        in db: Database
    ) throws -> [ExternalContact] {
        let statement = try db.cachedStatement(
            sql: "SELECT list, address, bound, certificate FROM outsider WHERE " + condition
        )
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            guard let address = EmailAddress(row["address"]),
                let certificate = try CertificateColumn.certificate(row["certificate"])
            else { throw SQLiteStoreError.damaged(table: "outsider", row: row["list"]) }
            return ExternalContact(
                address: address,
                certificate: certificate,
                bound: Date(timestamp: row["bound"])
            )
        }
    }
}
