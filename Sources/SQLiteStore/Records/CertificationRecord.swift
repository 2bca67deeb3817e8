import Foundation
import GRDB
import MailingList
import OpenPGP

/// Rows of `certification`: verified signatures over the names of a list's key.
enum CertificationRecord {
    static func all(of list: MailingList.ID, in db: Database) throws -> [Certification] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT certifier, user_id, made, packet FROM certification
                WHERE list = ? ORDER BY certifier, user_id
                """,
            arguments: [list]
        ).map { row in
            guard let certifier = Fingerprint(hex: row["certifier"]) else {
                throw SQLiteStoreError.damaged(table: "certification", row: list)
            }
            return Certification(
                certifier: certifier,
                userID: Array(row["user_id"] as Data),
                made: Date(timestamp: row["made"]),
                packet: Array(row["packet"] as Data)
            )
        }
    }

    /// Forgets those of a key that is no person's of the list any more.
    static func forget(
        _ certifier: Fingerprint,
        of list: MailingList.ID,
        in db: Database
    ) throws {
        try db.run(
            "DELETE FROM certification WHERE list = ? AND certifier = ?",
            [list, certifier.description]
        )
    }

    /// Writes them in the place of older ones by the same key about the same name; none
    /// above a number.
    static func write(
        _ certifications: [Certification],
        of list: MailingList.ID,
        maximum: Int,
        in db: Database
    ) throws {
        for certification in certifications {
            try db.run(
                """
                INSERT INTO certification (list, certifier, user_id, made, packet)
                SELECT :list, :certifier, :name, :made, :packet
                WHERE (SELECT count(*) FROM certification WHERE list = :list AND NOT (
                    certifier = :certifier AND user_id = :name)) < :maximum
                ON CONFLICT (list, certifier, user_id) DO UPDATE
                    SET made = excluded.made, packet = excluded.packet
                    WHERE excluded.made > made
                """,
                [
                    "list": list, "certifier": certification.certifier.description,
                    "name": Data(certification.userID),
                    "made": certification.made.timestamp, "packet": Data(certification.packet),
                    "maximum": maximum,
                ]
            )
        }
    }
}
