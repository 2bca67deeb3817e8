package import Foundation
import GnuPG
import ListServer
package import MailingList
import OpenPGP
import SMTP
import Unix

extension ListHost {
    /// Gives a list another key, which the old one announces; mail to the old key is still
    /// opened for so many days.
    ///
    /// Throws ``ActFailure``: `notAllowed` while the key before the old one is in use,
    /// `outdated` if somebody else replaces a key, `file` if a file cannot be written.
    package func rotateKey(
        of list: MailingList,
        days: Int,
        to source: ListKeySource
    ) throws -> ActResult<ReplacedKey> {
        try KeyReplacement(of: list, by: source, isRevoked: false, on: self)
            .carryOut(until: clock().addingTimeInterval(days: days))
    }

    /// Revokes a list's key because somebody else may have it, and gives the list another.
    ///
    /// Mail to the old key is refused at once. What is stored is sealed to the new key, and the
    /// secret half of the old one is destroyed a day later: until then a message that is being
    /// accepted now may still be sealed to it.
    ///
    /// Throws as ``rotateKey(of:days:to:)`` does, but for the key before.
    package func revokeKey(
        of list: MailingList,
        to source: ListKeySource
    ) throws -> ActResult<ReplacedKey> {
        try KeyReplacement(of: list, by: source, isRevoked: true, on: self)
            .carryOut(until: clock().addingTimeInterval(days: 1))
    }
}

/// A list's key that another has taken the place of.
package struct ReplacedKey: Sendable, Hashable, Encodable {
    /// The posting address.
    package let address: String
    /// The primary fingerprint of the new key.
    package let fingerprint: String
    /// The same of the old one.
    package let previousFingerprint: String
    /// When the secret half of the old one is destroyed.
    package let previousEnds: Date
    /// Whether the old one is revoked.
    package let isRevoked: Bool
    /// How many stored posts were sealed to the new key.
    package let sealedAnew: Int
    /// The file that revokes the new key.
    package let revocationCertificate: String
    /// The file with the old key, revoked, for publishing; nil after a rotation.
    package let revokedKey: String?
}

/// Makes another key for a list, tells everybody, and brings what is stored over to it.
private struct KeyReplacement {
    private let isRevoked: Bool
    private let lock: StateLock
    private let list: MailingList
    private let keyring: ListKeyring
    private let host: ListHost
    private let notes: [String]

    /// Makes the key; the store does not know of it yet.
    init(
        of list: MailingList,
        by source: ListKeySource,
        isRevoked: Bool,
        on host: ListHost
    ) throws {
        self.isRevoked = isRevoked
        self.host = host
        lock = try StateLock(host.state.path + "/keys/replacing")
        var notes: [String] = []
        // Another process may have replaced the key before the lock was ours.
        let current = try host.list(at: list.address.description)
        self.list = try host.endPreviousKey(of: current, isRevoked: isRevoked, &notes)
        let home = host.state.keyHome(of: self.list.id, key: self.list.keyNumber + 1)
        if let aside = try host.moveAside(home) {
            notes.append("a key that no list has was moved to \(aside)")
        }
        self.notes = notes
        keyring = try source.makeKeyring(
            home: home,
            engine: host.keys.engine,
            userIDs: self.list.allUserIDs
        )
    }

    /// Puts the new key in force.
    func carryOut(until ends: Date) throws -> ActResult<ReplacedKey> {
        let (store, now) = (host.store, host.clock())
        defer { withExtendedLifetime(lock) { keyring.stopAgent(startedHere: true) } }
        // On this host alone: what is sealed to it must be opened until the last day.
        try oldKeyring.setExpiry(nil, now: now)
        let next = list.replacing(key: keyring.fingerprint, opensMail: !isRevoked, until: ends)
        let sealer = try host.sealer()
        let revocation = try host.keepRevocation(of: host.keys.keyring(of: next))
        let revoked = isRevoked ? try keepRevokedKey() : nil
        let announcement = try announcement(of: next, until: ends, sealer, now: now)
        // Nobody may ever be told of a key that is not there.
        _ = try keyring.expires()
        do {
            try store.replaceKey(of: list, by: next, announcement: announcement, now: now)
        } catch ListStoreError.outdated {
            throw ActFailure(
                .outdated,
                "somebody else has replaced the list's key in the meantime",
                hint: "'listseal list show \(list.address)' prints the one in force"
            )
        }
        // After a rotation the announcement needs the old key's signature, and stays as it is;
        // a stolen key shall open nothing any more.
        let count = isRevoked ? try KeyRetirement(store: store, sealer: sealer).reseal(next) : 0
        return ActResult(
            ReplacedKey(
                address: list.address.description,
                fingerprint: next.fingerprint.description,
                previousFingerprint: list.fingerprint.description,
                previousEnds: ends,
                isRevoked: isRevoked,
                sealedAnew: count,
                revocationCertificate: revocation,
                revokedKey: revoked
            ),
            notes: notes
        )
    }

    // The key that readers believe says which key they are to believe from now on.
    private func announcement(
        of next: MailingList,
        until ends: Date,
        _ sealer: Sealer,
        now: Date
    ) throws -> SealedPost {
        try sealer.seal(
            announcement: AnswerText(
                isRevoked ? .keyRevoked : .keyRotated,
                [
                    "fingerprint": .key(next.fingerprint),
                    "old-fingerprint": .key(list.fingerprint),
                    "expires": .time(ends),
                ]
            ),
            attaching: isRevoked
                ? ("revoked-key.asc", try oldKeyring.revokedPublicKey())
                : ("list-key.asc", try keyring.publicKey()),
            of: isRevoked ? next : list,
            now: now
        )
    }

    private var oldKeyring: ListKeyring { host.keys.keyring(of: list) }

    private func keepRevokedKey() throws -> String {
        let path = "\(host.state.revocations)/\(list.fingerprint)-revoked.asc"
        let key = Armor.armor(try oldKeyring.revokedPublicKey(), kind: .publicKey)
        try DurableFile.replace(path, Data(key), mode: 0o600)
        return path
    }
}

extension ListHost {
    /// Destroys the key before the one in force, if a stolen key does not allow to wait for it.
    fileprivate func endPreviousKey(
        of list: MailingList,
        isRevoked: Bool,
        _ notes: inout [String]
    ) throws -> MailingList {
        guard let previous = list.previousKey else { return list }
        guard isRevoked else {
            throw ActFailure(
                .notAllowed,
                "the key before this one is in use until \(previous.ends.readable)",
                hint: "wait until then, and until somebody has decided on the posts that arrived "
                    + "before it; 'listseal serve' then destroys it"
            )
        }
        let waiting = try store.heldTotals(of: list.id).count
        if waiting > 0 {
            notes.append(
                "\(waiting) posts wait for a moderator; those that were encrypted to the key "
                    + "before this one can no longer be decrypted"
            )
        }
        try KeyRetirement(store: store, sealer: try sealer()).finish(list)
        return try self.list(at: list.address.description)
    }

    /// Moves a home that no list has out of the way: it may hold somebody's only key.
    ///
    /// It is there if an earlier run got no further, or if the database is an older one.
    fileprivate func moveAside(_ home: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: home) else { return nil }
        let aside = "\(home).unknown-\(Int(clock().timeIntervalSince1970))"
        try FileManager.default.moveItem(atPath: home, toPath: aside)
        return aside
    }
}
