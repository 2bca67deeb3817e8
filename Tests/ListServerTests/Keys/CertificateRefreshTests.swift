import Foundation
import GnuPG
import MailingList
import OpenPGP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// What is taken of a key that was found somewhere.
@Suite struct CertificateRefreshTests {
    private let bench: OpenerBench
    private let refresh: CertificateRefresh

    init() throws {
        bench = try OpenerBench()
        refresh = CertificateRefresh(store: bench.store, keys: bench.keys)
    }

    private func alice() throws -> Subscriber {
        try #require(
            try bench.store.subscriber(
                at: StoreSamples.address(bench.alice.address),
                of: bench.list.id
            )
        )
    }

    private func apply(_ bytes: [UInt8]) throws -> CertificateRefresh.Outcome {
        try refresh.apply(bytes, to: alice(), now: Date())
    }

    @Test("a later end is added, a new subkey is not, and what is not there is not lost")
    func update() throws {
        let before = try bench.alice.publicKey()
        #expect(try apply(before) == .unchanged)
        try bench.alice.gpg(["--quick-set-expire", bench.alice.fingerprint, "2y"])
        try bench.alice.gpg([
            "--pinentry-mode", "loopback", "--passphrase", "", "--quick-add-key",
            bench.alice.fingerprint, "cv25519", "encrypt", "1y",
        ])
        let after = try bench.alice.publicKey(armored: true)
        let known = try #require(try alice().certificate)
        #expect(try apply(after) == .updated)
        let kept = try #require(try alice().certificate)
        // Somebody else's key, perhaps: she has to prove that she reads with it.
        #expect(kept.allFingerprints == known.allFingerprints)
        #expect(kept.encryptionSubkey == known.encryptionSubkey && kept.encryptionExpires != nil)
        #expect(try apply(after) == .unchanged)
        // An older copy takes nothing back.
        #expect(try apply(before) == .unchanged)
        #expect(try alice().certificate == kept)
    }

    @Test("a revocation ends a key for good")
    func revocation() throws {
        let before = try bench.alice.publicKey()
        let file = "\(bench.alice.home)/openpgp-revocs.d/\(bench.alice.fingerprint).rev"
        let text = try String(contentsOfFile: file, encoding: .utf8)
            .replacing(":-----BEGIN", with: "-----BEGIN")
        try bench.alice.gpg(["--import"], input: Array(text.utf8))
        #expect(try apply(try bench.alice.publicKey()) == .ended)
        let kept = try alice().certificate
        #expect(kept?.encryptionSubkey == nil)
        _ = try apply(before)
        #expect(try alice().certificate == kept)
    }

    @Test("another key, or no key at all, changes nothing")
    func others() throws {
        let kept = try alice().certificate
        let eve = try TestKeyring("alice")
        for bytes in [
            try eve.publicKey(), try eve.publicKey() + bench.alice.publicKey(), [], [0x99, 1, 2],
            try bench.alice.secretKey(),
        ] {
            guard case .refused = try apply(bytes) else {
                Issue.record("it was taken")
                continue
            }
        }
        #expect(try alice().certificate == kept)
    }

    @Test("what was changed meanwhile stays as it is")
    func outdated() throws {
        let person = try alice()
        let old = try #require(person.certificate)
        try bench.alice.gpg(["--quick-set-expire", bench.alice.fingerprint, "2y"])
        let bytes = try bench.alice.publicKey()
        let changed = try bench.keys.certificates.inspect(bytes, updating: old, now: Date()).get()
        try bench.store.setCertificate(changed, of: person.id)
        #expect(throws: ListStoreError.outdated) {
            try bench.store.replace(old, by: old, of: person.id)
        }
        try bench.alice.gpg(["--quick-set-expire", bench.alice.fingerprint, "3y"])
        guard
            case .refused = try refresh.apply(
                try bench.alice.publicKey(),
                to: person,
                now: Date()
            )
        else {
            Issue.record("an old look has changed it")
            return
        }
        #expect(try alice().certificate == changed)
    }
}
