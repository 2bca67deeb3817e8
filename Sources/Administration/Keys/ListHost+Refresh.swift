import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP

/// What became of a person's key in a refresh.
package struct RefreshedKey: Sendable, Hashable, Encodable {
    /// The posting address of the list.
    package let list: String
    /// The person's address.
    package let address: String
    /// The primary fingerprint of their key.
    package let fingerprint: String
    /// `updated`, `ended`, `unchanged` or `refused`.
    package let outcome: String
    /// Why, in words.
    package let reason: String?
}

extension ListHost {
    /// Names the keys of all people, in the order of their fingerprints, so that the order says
    /// nothing about who is on which list.
    package func wantedKeys() throws -> ActResult<[WantedKey]> {
        var wanted: Set<WantedKey> = []
        for list in try store.lists() {
            try forEachPerson(of: list) { person in
                guard let certificate = person.certificate else { return }
                wanted.insert(
                    WantedKey(
                        fingerprint: certificate.fingerprint.description,
                        address: person.address.description,
                        key: Data(certificate.bytes)
                    )
                )
            }
        }
        return ActResult(
            wanted.sorted { ($0.fingerprint, $0.address) < ($1.fingerprint, $1.address) }
        )
    }

    /// Writes the keys of all people to a file that does not exist yet.
    ///
    /// Throws ``ActFailure`` of kind `file`.
    package func writeWantedKeys(to path: String) throws {
        let text = try wantedKeys().report.map { $0.line + "\n" }.joined()
        guard ForeignFile.create(path, Data(text.utf8), mode: 0o640) else {
            throw ActFailure(
                .file,
                "\(path) exists already, or cannot be made",
                hint: "name a new file, in a folder that you may write to"
            )
        }
    }

    /// Adds to people's keys what is new in the files `FINGERPRINT.asc` of a folder.
    ///
    /// Only what a key itself has signed is added: a later end, a revocation. A failure that
    /// concerns one person does not keep the others from it.
    ///
    /// Throws ``ActFailure`` of kind `notFound` if there is no such folder.
    package func refreshKeys(from folder: String) throws -> ActResult<[RefreshedKey]> {
        guard FileManager.default.fileExists(atPath: folder) else {
            throw ActFailure(
                .notFound,
                "there is no folder \(folder)",
                hint: "'listseal refresh fetch' makes it"
            )
        }
        let refresh = CertificateRefresh(store: store, keys: keys)
        var results: [RefreshedKey] = []
        for list in try store.lists() {
            try forEachPerson(of: list) { person in
                guard let fingerprint = person.certificate?.fingerprint.description,
                    let bytes = ForeignFile.contents(
                        of: "\(folder)/\(fingerprint).asc",
                        limit: Self.maximumKeyFile
                    )
                else { return }
                let outcome: CertificateRefresh.Outcome
                do { outcome = try refresh.apply(bytes, to: person, now: clock()) } catch {
                    outcome = .refused("\(error)")
                }
                results.append(
                    RefreshedKey(
                        list: list.address.description,
                        address: person.address.description,
                        fingerprint: fingerprint,
                        outcome: outcome.word,
                        reason: outcome.reason
                    )
                )
            }
        }
        return ActResult(results)
    }

    /// Octets of a file that is read: twice what a key may have, in armor.
    private static let maximumKeyFile = 512 << 10
}

extension CertificateRefresh.Outcome {
    fileprivate var word: String {
        switch self {
        case .updated: "updated"
        case .ended: "ended"
        case .unchanged: "unchanged"
        case .refused: "refused"
        }
    }

    fileprivate var reason: String? {
        switch self {
        case .updated, .unchanged: nil
        case .ended:
            "the key can be used no more: the person can neither post nor receive copies"
        case .refused(let reason): reason
        }
    }
}
