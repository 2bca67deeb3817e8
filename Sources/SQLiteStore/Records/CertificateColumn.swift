import Foundation
import OpenPGP

/// A certificate in one column: of somebody who is not, or not yet, on the list.
///
/// Never in the table of confirmed certificates, so that no query can take it for one.
struct CertificateColumn: Codable {
    private let bytes: Data
    private let fingerprints: [String]
    private let userIDs: [String]
    private let encryptionSubkey: String?
    private let encryptionExpires: Int64?

    /// Writes a certificate.
    static func text(_ certificate: Certificate?) throws -> String? {
        guard let certificate else { return nil }
        let column = Self(
            bytes: Data(certificate.bytes),
            fingerprints: [certificate.fingerprint.description]
                + certificate.allFingerprints.map(\.description),
            userIDs: certificate.userIDs,
            encryptionSubkey: certificate.encryptionSubkey?.description,
            encryptionExpires: certificate.encryptionExpires?.timestamp
        )
        return String(decoding: try JSONEncoder().encode(column), as: UTF8.self)
    }

    /// Reads a certificate; nil for none, and throws for what is none.
    static func certificate(_ text: String?) throws -> Certificate? {
        guard let text else { return nil }
        let column = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
        let fingerprints = column.fingerprints.compactMap { Fingerprint(hex: $0) }
        guard let primary = fingerprints.first else { return nil }
        return Certificate(
            bytes: Array(column.bytes),
            fingerprint: primary,
            allFingerprints: Array(fingerprints.dropFirst()),
            userIDs: column.userIDs,
            encryptionSubkey: column.encryptionSubkey.flatMap { Fingerprint(hex: $0) },
            encryptionExpires: column.encryptionExpires.map(Date.init(timestamp:))
        )
    }
}
