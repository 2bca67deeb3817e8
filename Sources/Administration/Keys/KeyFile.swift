import Foundation
import GnuPG
import ListServer
import OpenPGP

/// A file that should hold one public key.
package struct KeyFile: Sendable, Hashable {
    /// The name by which failures call it.
    package let name: String
    /// What it holds: packets, or ASCII armor.
    package let bytes: [UInt8]

    /// Takes what was read already.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Reads a file of this host.
    ///
    /// Throws ``ActFailure`` of kind `file`.
    package init(reading path: String) throws {
        self.init(name: path, bytes: try Self.contents(of: path))
    }

    /// Returns the octets of a file of this host.
    ///
    /// Throws ``ActFailure`` of kind `file`.
    package static func contents(of path: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw ActFailure(
                .file,
                "\(path) cannot be read: \(error.localizedDescription)",
                hint: "check the name and the permissions of the file"
            )
        }
    }
}

extension ListHost {
    /// Reads the certificate in a file, if gpg can verify and encrypt with it now.
    ///
    /// Given an `old` certificate with the same key, the result has what both hold. Then a key
    /// that can be used no more is a result too, with a note that says so: it ends the old one.
    ///
    /// Throws ``ActFailure`` of kind `malformed`, and what the engine throws.
    func certificate(
        in file: KeyFile,
        updating old: Certificate? = nil
    ) throws -> (certificate: Certificate, note: String?) {
        let now = clock()
        switch try keys.certificates.inspect(file.bytes, updating: old, now: now) {
        case .success(let certificate):
            guard let old, old.fingerprint == certificate.fingerprint,
                case .failure(let end) = try keys.certificates.inspect(certificate.bytes, now: now)
            else { return (certificate, nil) }
            return (
                certificate,
                "the known key was updated, and can be used no more: \(end)"
            )
        case .failure(let refusal):
            throw ActFailure(
                .malformed,
                "the key in \(file.name) cannot be used: \(refusal)",
                hint: "export it again with 'gpg --armor --export FINGERPRINT'"
            )
        }
    }
}

extension ActFailure {
    static func keyInUse(_ file: KeyFile) -> Self {
        ActFailure(
            .inUse,
            "a key in \(file.name) belongs to another person of this list",
            hint: "two people with one key could sign for each other; ask for a key of their own"
        )
    }
}
