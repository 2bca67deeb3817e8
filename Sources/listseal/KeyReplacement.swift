import ArgumentParser
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP

/// Makes another key for a list, tells everybody, and brings what is stored over.
struct KeyReplacement {
    private let isRevoked: Bool
    private let lock: StateLock
    private let list: MailingList
    private let keyring: ListKeyring
    private let administration: Administration

    private struct Replaced: Encodable {
        let address: String
        let fingerprint: String
        let previousFingerprint: String
        let previousEnds: Date
        let isRevoked: Bool
        let sealedAnew: Int
        let revocationCertificate: String
        let revokedKey: String?
    }

    static func check(rsa: Int?) throws {
        if let rsa, !(2048...8192).contains(rsa) {
            throw ValidationError("An RSA key has 2048 to 8192 bits.")
        }
    }

    /// Makes the key, of which nobody knows yet.
    init(
        of address: String,
        rsa: Int?,
        isRevoked: Bool,
        _ administration: Administration
    ) throws {
        self.isRevoked = isRevoked
        lock = try StateLock(administration.state.path + "/keys/replacing")
        var list = try administration.list(at: address)
        if let previous = list.previousKey {
            guard isRevoked else {
                throw CommandFailure(
                    "the key before this one is in use until \(OutputOptions.time(previous.ends))",
                    hint: "wait until then, and until posts that came before it are decided on; "
                        + "'listseal serve' destroys it"
                )
            }
            // A stolen key waits for nothing.
            let waiting = try administration.store.heldTotals(of: list.id).count
            if waiting > 0 {
                OutputOptions.note(
                    "\(waiting) posts wait for a moderator; those that were encrypted to the key "
                        + "before this one can be read no more"
                )
            }
            let retirement = KeyRetirement(
                store: administration.store,
                sealer: try administration.sealer()
            )
            try retirement.finish(list)
            list = try administration.list(at: address)
        }
        let home = administration.state.keyHome(of: list.id, key: list.keyNumber + 1)
        // A run before this one got no further, or the database is an older one: what is
        // there may be somebody's key.
        if FileManager.default.fileExists(atPath: home) {
            let aside = "\(home).unknown-\(Int(Date().timeIntervalSince1970))"
            try FileManager.default.moveItem(atPath: home, toPath: aside)
            OutputOptions.note("a key that no list has was moved to \(aside)")
        }
        self.list = list
        self.administration = administration
        keyring = try ListKeyring.create(
            home: home,
            engine: administration.keys.engine,
            algorithm: rsa.map { .rsa(bits: $0) } ?? .curve25519,
            userIDs: list.allUserIDs
        )
    }

    /// Puts it in force.
    func carryOut(until ends: Date, _ output: OutputOptions) throws {
        let (store, now) = (administration.store, Date())
        // Here alone: what is sealed to it must be opened until the last day.
        try oldKeyring.setExpiry(nil, now: now)
        let next = list.replacing(key: keyring.fingerprint, opensMail: !isRevoked, until: ends)
        defer {
            withExtendedLifetime(lock) { keyring.stopAgent(startedHere: true) }
            administration.keys.stopAgents(startedHere: true)
        }
        let sealer = try administration.sealer()
        let revocation = try administration.keepRevocation(of: next)
        let revoked = isRevoked ? try keepRevokedKey() : nil
        let text = AnswerText(
            isRevoked ? .keyRevoked : .keyRotated,
            [
                "fingerprint": .key(next.fingerprint), "old-fingerprint": .key(list.fingerprint),
                "expires": .time(ends),
            ]
        )
        // Whom they believe says which key they are to believe.
        let announcement = try sealer.seal(
            announcement: text,
            attaching: isRevoked
                ? ("revoked-key.asc", try oldKeyring.revokedPublicKey())
                : ("list-key.asc", try keyring.publicKey()),
            of: isRevoked ? next : list,
            now: now
        )
        // Nobody may ever be told of a key that is not there.
        _ = try keyring.expires()
        do {
            try store.replaceKey(of: list, by: next, announcement: announcement, now: now)
        } catch ListStoreError.outdated {
            throw CommandFailure(
                "the list's key was replaced by somebody else just now",
                hint: "'listseal list show \(list.address)' prints the one in force"
            )
        }
        // After a rotation the old key's signature, which the announcement lives by, stays; a
        // stolen key shall open nothing any more.
        let count =
            isRevoked ? try KeyRetirement(store: store, sealer: sealer).reseal(next) : 0
        try output.print(
            Replaced(
                address: list.address.description,
                fingerprint: next.fingerprint.description,
                previousFingerprint: list.fingerprint.description,
                previousEnds: ends,
                isRevoked: isRevoked,
                sealedAnew: count,
                revocationCertificate: revocation,
                revokedKey: revoked
            ),
            or: [
                "\(list.address) has the key",
                next.fingerprint.description,
                isRevoked
                    ? "Mail to the old key is refused; its revoked form, to publish: \(revoked ?? "")"
                    : "Mail to the old key is read until \(OutputOptions.time(ends))",
                "Carry the new key's revocation certificate off this host: \(revocation)",
                "Where the list's key is published, publish the new one: "
                    + "'listseal list export-key', 'listseal wkd export'.",
            ]
        )
    }

    private var oldKeyring: ListKeyring { administration.keys.keyring(of: list) }

    private func keepRevokedKey() throws -> String {
        let path = "\(administration.state.revocations)/\(list.fingerprint)-revoked.asc"
        let key = Armor.armor(try oldKeyring.revokedPublicKey(), kind: .publicKey)
        try Data(key).write(to: URL(filePath: path), options: .atomic)
        return path
    }
}
