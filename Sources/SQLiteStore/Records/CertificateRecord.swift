import Foundation
import GRDB
import MailingList
import OpenPGP

/// A row of `certificate`, with its rows of `certificate_key`.
enum CertificateRecord {
    /// What a row `c` must fulfil so that a copy can be encrypted at `:now`.
    ///
    /// The engine judges once more when the copy is made: this only keeps rows
    /// from being written that are known to be in vain.
    static let isUsable = """
        c.encryption_subkey IS NOT NULL
            AND (c.encryption_expires IS NULL OR c.encryption_expires > :now)
        """

    /// The columns that ``certificate(in:subscriber:)`` reads, of a join with `c`.
    static let columns = """
        c.bytes AS certificate, c.fingerprint, c.fingerprints, c.user_ids,
            c.encryption_subkey, c.encryption_expires
        """

    /// The certificate of a joined row, or nil if there is none.
    static func certificate(in row: Row, subscriber: Int64) throws -> Certificate? {
        guard let bytes: Data = row["certificate"] else { return nil }
        let subkey: String? = row["encryption_subkey"]
        let fingerprints = try JSONColumn.strings(row["fingerprints"])
            .compactMap { Fingerprint(hex: $0) }
        guard let fingerprint = Fingerprint(hex: row["fingerprint"]),
            fingerprints.contains(fingerprint)
        else { throw SQLiteStoreError.damaged(table: "certificate", row: subscriber) }
        return Certificate(
            bytes: Array(bytes),
            fingerprint: fingerprint,
            allFingerprints: fingerprints,
            userIDs: try JSONColumn.strings(row["user_ids"]),
            encryptionSubkey: subkey.flatMap { Fingerprint(hex: $0) },
            encryptionExpires: (row["encryption_expires"] as Int64?).map(Date.init(timestamp:))
        )
    }

    /// Puts a certificate in the place of the one that was there.
    ///
    /// Throws ``ListStoreError/keyInUse`` if a key that the person can have proven belongs to
    /// somebody else. Other keys do not count: a person who adds somebody's key to their own
    /// certificate must neither keep that person out nor learn that they are subscribed.
    static func replace(
        _ certificate: Certificate,
        of subscriber: Int64,
        list: MailingList.ID,
        in db: Database
    ) throws {
        let fingerprints = certificate.allFingerprints.map(\.description)
        try db.run("DELETE FROM certificate WHERE subscriber = ?", [subscriber])
        try db.run(
            """
            INSERT INTO certificate (subscriber, fingerprint, encryption_subkey,
                encryption_expires, fingerprints, user_ids, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                subscriber, certificate.fingerprint.description,
                certificate.encryptionSubkey?.description,
                certificate.encryptionExpires?.timestamp, try JSONColumn.text(fingerprints),
                try JSONColumn.text(certificate.userIDs), Data(certificate.bytes),
            ]
        )
        for fingerprint in certificate.provenFingerprints {
            try db.run(
                """
                INSERT INTO certificate_key (list, fingerprint, subscriber) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                [list, fingerprint.description, subscriber]
            )
            guard db.changesCount == 1 else { throw ListStoreError.keyInUse }
        }
    }
}
