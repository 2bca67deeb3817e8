import Foundation
import Testing

/// Many subscribers with a key each, all in one GnuPG home.
struct Crowd {
    let host: Host
    let addresses: [String]

    private var home: String { host.scratch + "/people/crowd" }
    private var gpg: GnuPG { GnuPG(home: home) }
    private var folder: String { host.scratch + "/people/crowd-keys" }

    /// Makes their keys: Curve25519, and RSA for as many as are said to have it.
    init(_ count: Int, rsa: Int = 0, at host: Host) throws {
        self.host = host
        addresses = (1...count).map { "crowd\($0)@people.test" }
        for path in [home, folder] {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        let parameters = addresses.enumerated().map { index, address in
            let key =
                index < rsa
                ? "Key-Type: RSA\nKey-Length: 2048\nSubkey-Type: RSA\nSubkey-Length: 2048"
                : "Key-Type: eddsa\nKey-Curve: ed25519\nSubkey-Type: ecdh\nSubkey-Curve: cv25519"
            return "%no-protection\n\(key)\nName-Email: \(address)\nExpire-Date: 0\n%commit\n"
        }
        try gpg.run(["--generate-key"], input: Array(parameters.joined().utf8))
        for address in addresses {
            try gpg.run(["--output", "\(folder)/\(address).asc", "--armor", "--export", address])
        }
    }

    /// Subscribes them all, in one command.
    func join(_ list: String) throws {
        try host.listseal(["subscriber", "add", list, "--keys", folder])
    }

    /// The owner of each copy that has arrived.
    var copies: [String] {
        addresses.flatMap { address in host.inbox(address).map { _ in address } }
    }

    /// What a copy says, and the status lines of gpg.
    func open(_ copy: [UInt8]) throws -> (text: String, status: String) {
        let result = try gpg.run(["--status-fd", "2", "--decrypt"], input: copy, expecting: nil)
        return (result.output, result.error)
    }

    /// The key ids of the subkeys that somebody encrypts to.
    func encryptionKeyIDs(of address: String) throws -> [String] {
        let listing = try gpg.run(["--with-colons", "--list-keys", address]).output
        var result: [String] = []
        for line in listing.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count > 11, fields[0] == "sub", fields[11].contains("e") else { continue }
            result.append(String(fields[4]))
        }
        return result
    }
}
