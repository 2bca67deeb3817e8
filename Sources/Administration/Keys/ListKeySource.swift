import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP
import Unix

/// Where a list's secret key comes from.
package enum ListKeySource: Sendable, Hashable {
    /// It is made: Ed25519 and Curve25519.
    case curve25519
    /// It is made: RSA with so many bits, of ``rsaSizes``.
    case rsa(bits: Int)
    /// It exists: a secret key without a passphrase.
    case imported([UInt8])

    /// The bits that an RSA key can have.
    package static let rsaSizes = 2048...8192

    /// Makes or imports the key in a home that does not exist yet.
    ///
    /// Throws what the engine throws.
    func makeKeyring(home: String, engine: Engine, userIDs: [String]) throws -> ListKeyring {
        switch self {
        case .curve25519:
            try ListKeyring.create(
                home: home,
                engine: engine,
                algorithm: .curve25519,
                userIDs: userIDs
            )
        case .rsa(let bits):
            try ListKeyring.create(
                home: home,
                engine: engine,
                algorithm: .rsa(bits: bits),
                userIDs: userIDs
            )
        case .imported(let secretKey):
            try ListKeyring.create(
                home: home,
                engine: engine,
                importing: secretKey,
                userIDs: userIDs
            )
        }
    }
}

extension MailingList {
    /// The user ids of a list's key: its posting address, and that of its mail commands.
    static func userIDs(at address: EmailAddress, settings: ListSettings) -> [String] {
        let name = settings.displayName.isEmpty ? "" : settings.displayName + " "
        let request = ListAddress(list: address, role: .request).address
        return [address, request].map { "\(name)<\($0)>" }
    }

    /// The user ids for its own address.
    var userIDs: [String] { Self.userIDs(at: address, settings: settings) }

    /// The user ids for its own address and for its aliases.
    var allUserIDs: [String] {
        addresses.flatMap { Self.userIDs(at: $0, settings: settings) }
    }
}

extension StateDirectory {
    /// The file with the certificate that revokes a key.
    func revocation(of key: Fingerprint) -> String { "\(revocations)/\(key).asc" }
}

extension ListHost {
    /// Writes the certificate that revokes a list's key, for its owner to carry off this host.
    ///
    /// Returns the path of the file. Throws ``ActFailure`` of kind `file`, and what the engine
    /// throws.
    @discardableResult
    func keepRevocation(of keyring: ListKeyring) throws -> String {
        let path = state.revocation(of: keyring.fingerprint)
        let certificate = try keyring.revocationCertificate()
        do {
            try DurableFile.replace(path, Data(certificate), mode: 0o600)
        } catch {
            throw ActFailure(
                .file,
                "\(error)",
                hint: "this file revokes the list's key; give this user the directory"
            )
        }
        return path
    }
}
