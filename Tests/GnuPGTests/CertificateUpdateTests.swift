import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// Which subkey copies are encrypted to, and what a new version of a certificate may
/// change.
@Suite("Certificate updates") struct CertificateUpdateTests {
    private let laboratory: Laboratory
    private let older: PublicKeyPacket
    private let newer: PublicKeyPacket
    private let crafted: CraftedCertificate
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws {
        laboratory = try Laboratory()
        func subkey(_ time: String) throws -> PublicKeyPacket {
            let keyring = try TestKeyring("bob", options: ["--faked-system-time", time])
            return try #require(try CertificateScan(keyring.publicKey()).subkeys.first)
        }
        older = try subkey("20240101T000000!")
        newer = try subkey("20250101T000000!")
        crafted = try CraftedCertificate(
            userID: "bob@people.test",
            created: Date(timeIntervalSince1970: 1_700_000_000)
        )
    }

    private func certificate(
        _ subkeys: [(key: PublicKeyPacket, flags: UInt8)],
        revoking revoked: PublicKeyPacket? = nil
    ) throws -> [UInt8] {
        var certificate = crafted
        for subkey in subkeys {
            try certificate.add(
                subkey: subkey.key.body,
                flags: subkey.flags,
                signed: now.addingTimeInterval(-1000)
            )
            if subkey.key == revoked {
                try certificate.revoke(
                    subkey: subkey.key.body,
                    signed: now.addingTimeInterval(-500)
                )
            }
        }
        return certificate.bytes
    }

    private func subkey(
        of bytes: [UInt8],
        updating old: Certificate? = nil
    ) throws -> Fingerprint? {
        try laboratory.homes.inspect(bytes, updating: old, now: now).get().encryptionSubkey
    }

    @Test("copies go to the newest subkey, and to one for communications before one for storage")
    func flags() throws {
        let rows: [(UInt8, UInt8, PublicKeyPacket)] = [
            (0x0c, 0x0c, newer), (0x04, 0x08, older), (0x08, 0x04, newer), (0x08, 0x08, newer),
            (0x0c, 0x08, older),
        ]
        for (first, second, expected) in rows {
            let bytes = try certificate([(older, first), (newer, second)])
            #expect(try subkey(of: bytes) == expected.fingerprint, "\(first), \(second)")
        }
    }

    @Test("a copy from before a revocation does not undo it")
    func revocation() throws {
        let both: [(PublicKeyPacket, UInt8)] = [(older, 0x0c), (newer, 0x0c)]
        let before = try certificate(both)
        let after = try certificate(both, revoking: newer)
        let revoked = try laboratory.homes.inspect(after, now: now).get()
        #expect(revoked.encryptionSubkey == older.fingerprint)
        #expect(try subkey(of: before) == newer.fingerprint)
        #expect(try subkey(of: before, updating: revoked) == older.fingerprint)
        // In the other order, the revocation arrives later.
        let good = try laboratory.homes.inspect(before, now: now).get()
        #expect(try subkey(of: after, updating: good) == older.fingerprint)
    }

    @Test("an update adds a subkey and removes none")
    func addition() throws {
        let first = try laboratory.homes.inspect(certificate([(older, 0x0c)]), now: now).get()
        let update = try certificate([(newer, 0x0c)])
        let merged = try laboratory.homes.inspect(update, updating: first, now: now).get()
        #expect(merged.encryptionSubkey == newer.fingerprint)
        #expect(Set(merged.allFingerprints).isSuperset(of: [older.fingerprint, newer.fingerprint]))
        // The same update a second time changes nothing.
        let again = try laboratory.homes.inspect(update, updating: merged, now: now).get()
        #expect(again.bytes == merged.bytes)
    }

    @Test("a revocation of the primary key is accepted as an update and ends the key's use")
    func end() throws {
        let bob = try TestKeyring("bob")
        let good = try laboratory.certificate(of: bob)
        let signature = try bob.sign(Array("words".utf8), detached: true)
        // gpg writes a revocation for each new key, with a colon before it so that nobody
        // imports it by accident.
        let path = bob.home + "/openpgp-revocs.d/\(bob.fingerprint).rev"
        let text = try String(contentsOfFile: path, encoding: .utf8)
            .replacing(":-----BEGIN", with: "-----BEGIN")
        try bob.learn(Array(text.utf8))
        let revoked = try bob.publicKey()
        #expect(try laboratory.homes.inspect(revoked, now: Date()).failure == .revoked)
        let ended = try laboratory.homes.inspect(revoked, updating: good, now: Date()).get()
        #expect(ended.encryptionSubkey == nil)
        #expect(ended.fingerprint == good.fingerprint)
        for (certificate, isGood) in [(good, true), (ended, false)] {
            let verified = try laboratory.homes.verify(
                detached: signature,
                over: Array("words".utf8),
                by: certificate
            ).get()
            #expect(verified.signatures.allSatisfy { ($0.outcome == .good) == isGood })
        }
        // The copy from before the revocation does not undo it.
        let again = try laboratory.homes.inspect(good.bytes, updating: ended, now: Date()).get()
        #expect(again.encryptionSubkey == nil)
    }

    @Test("a certificate with another primary key keeps nothing of the old one")
    func another() throws {
        let first = try laboratory.homes.inspect(certificate([(older, 0x0c)]), now: now).get()
        let other = try TestKeyring("bob").publicKey()
        let alone = try laboratory.homes.inspect(other, now: Date()).get()
        let replaced = try laboratory.homes.inspect(other, updating: first, now: Date()).get()
        #expect(replaced.bytes == alone.bytes)
    }
}
