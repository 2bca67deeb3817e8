import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

@Suite("The verification of signatures") struct VerificationTests {
    private let laboratory: Laboratory
    private let alice: TestKeyring
    private let text = Array("Content-Type: text/plain\r\n\r\nhello\r\n".utf8)

    init() throws {
        laboratory = try Laboratory()
        alice = try laboratory.author("alice")
    }

    private func verify(_ message: [UInt8], by person: TestKeyring?) throws -> Verified {
        try laboratory.homes.verify(
            message: message,
            by: person.map { try laboratory.certificate(of: $0) },
            limit: 1 << 20
        ).get()
    }

    private func outcome(
        detached signature: [UInt8],
        by certificate: Certificate?,
        over content: [UInt8]? = nil
    ) throws -> SignatureOutcome? {
        let result = try laboratory.homes.verify(
            detached: signature,
            over: content ?? text,
            by: certificate
        )
        return try result.get().signatures.first?.outcome
    }

    @Test(
        "a signature inside the message is good and belongs to the primary key",
        arguments: [
            TestKeyring.Algorithm.curve25519, .rsa2048, .nistP256, .nistP384, .nistP521,
            .brainpoolP256, .secp256k1,
        ]
    )
    func inside(algorithm: TestKeyring.Algorithm) throws {
        let bob = try laboratory.author("bob", algorithm: algorithm)
        let message = try bob.encrypt(text, to: [laboratory.list.fingerprint.description])
        let verified = try verify(try laboratory.unwrap(message).get(), by: bob)
        #expect(verified.plaintext == text)
        #expect(verified.signatures.map(\.outcome) == [.good])
        #expect(verified.signatures.first?.primary?.description == bob.fingerprint)
    }

    @Test("a detached signature is good over the signed octets and bad over others")
    func detached() throws {
        let signature = try alice.sign(text, detached: true)
        let certificate = try laboratory.certificate(of: alice)
        #expect(try outcome(detached: signature, by: certificate) == .good)
        #expect(try outcome(detached: signature, by: certificate, over: text + [0x0a]) == .bad)
    }

    @Test("a signature by a subkey belongs to its primary key")
    func subkey() throws {
        try alice.gpg([
            "--passphrase", "", "--quick-add-key", alice.fingerprint, "ed25519", "sign", "never",
        ])
        let verified = try verify(try alice.sign(text, detached: false), by: alice)
        let facts = try #require(verified.signatures.first)
        #expect(facts.outcome == .good)
        #expect(facts.primary?.description == alice.fingerprint)
        #expect(facts.signer != facts.primary)
    }

    @Test("a signature by another person is by an unknown key")
    func stranger() throws {
        let eve = try TestKeyring("eve")
        let verified = try verify(try eve.sign(text, detached: false), by: alice)
        #expect(verified.signatures.map(\.outcome) == [.unknownKey])
        #expect(verified.signatures.first?.primary == nil)
    }

    @Test("a literal packet is read without a certificate and has no signature")
    func literal() throws {
        let message = try alice.encrypt(
            text,
            to: [laboratory.list.fingerprint.description],
            signed: false
        )
        let verified = try verify(try laboratory.unwrap(message).get(), by: nil)
        #expect(verified.plaintext == text)
        #expect(verified.signatures.isEmpty)
    }

    @Test("a weak hash is never good", arguments: ["SHA1", "RIPEMD160", "SHA224"])
    func weakHash(digest: String) throws {
        // A Curve25519 key makes no signature with a short hash, so this key is RSA.
        let bob = try TestKeyring("bob", algorithm: .rsa2048)
        let signature = try bob.sign(text, detached: true, options: ["--digest-algo", digest])
        let certificate = try laboratory.certificate(of: bob)
        #expect(try outcome(detached: signature, by: certificate) == .weakHash)
    }

    @Test("a signature after its expiry time is expired")
    func expiredSignature() throws {
        let past = ["--faked-system-time", "20200101T000000!"]
        let bob = try TestKeyring("bob", options: past)
        let signature = try bob.sign(
            text,
            detached: true,
            options: past + ["--default-sig-expire", "1d"]
        )
        let certificate = try laboratory.certificate(of: bob)
        #expect(try outcome(detached: signature, by: certificate) == .expired)
    }

    @Test("a signature from the future is good for gpg, because the policies check the time")
    func futureSignature() throws {
        let signature = try alice.sign(
            text,
            detached: true,
            options: ["--faked-system-time", "20400101T000000!"]
        )
        let certificate = try laboratory.certificate(of: alice)
        #expect(try outcome(detached: signature, by: certificate) == .good)
    }

    @Test("a revocation counts only once the stored certificate contains it")
    func revokedKey() throws {
        let signature = try alice.sign(text, detached: true)
        let before = try laboratory.certificate(of: alice)
        let revocation = try String(
            contentsOfFile: "\(alice.home)/openpgp-revocs.d/\(alice.fingerprint).rev",
            encoding: .utf8
        ).replacing(":-----BEGIN", with: "-----BEGIN")
        try alice.learn(Array(revocation.utf8))
        let after = Certificate(
            bytes: try alice.publicKey(),
            fingerprint: before.fingerprint,
            allFingerprints: before.allFingerprints,
            userIDs: before.userIDs,
            encryptionSubkey: nil,
            encryptionExpires: nil
        )
        #expect(try outcome(detached: signature, by: before) == .good)
        #expect(try outcome(detached: signature, by: after) == .keyRevoked)
    }

    @Test("a signature by an expired certificate is not good")
    func expiredKey() throws {
        let past = ["--faked-system-time", "20200101T000000!"]
        let bob = try TestKeyring("bob", expires: "1d", options: past)
        let signature = try bob.sign(text, detached: true, options: past)
        let fingerprint = try #require(Fingerprint(hex: bob.fingerprint))
        let certificate = Certificate(
            bytes: try bob.publicKey(),
            fingerprint: fingerprint,
            allFingerprints: [fingerprint],
            userIDs: [],
            encryptionSubkey: nil,
            encryptionExpires: nil
        )
        #expect(try outcome(detached: signature, by: certificate) == .keyExpired)
    }

    @Test("a stranger's certificate that contains Alice's key makes none of her signatures good")
    func borrowedKey() throws {
        // CVE-2025-30258: Eve's certificate carries Alice's primary key as a subkey.
        let eve = try TestKeyring("eve")
        let primary = try alice.publicKey()
        var subkey = try Self.firstPacket(of: primary)
        subkey[0] = 0xb8 | (subkey[0] & 3)
        let forged = try eve.publicKey() + subkey
        let signature = try alice.sign(text, detached: true)
        let fingerprint = try #require(Fingerprint(hex: eve.fingerprint))
        let certificate = Certificate(
            bytes: forged,
            fingerprint: fingerprint,
            allFingerprints: [fingerprint],
            userIDs: [],
            encryptionSubkey: nil,
            encryptionExpires: nil
        )
        #expect(try outcome(detached: signature, by: certificate) != .good)
        #expect(try laboratory.homes.inspect(forged, now: Date()).failure == .unboundSubkey)
    }

    @Test("a key that Eve binds to her certificate does not sign for Eve")
    func boundKey() throws {
        // Eve's binding is valid, but only a signature by Alice's key would let it sign for Eve.
        let primary = try Self.firstPacket(of: try alice.publicKey())
        var crafted = try CraftedCertificate(userID: "eve <eve@people.test>", created: Date())
        let bob = try TestKeyring("bob")
        let subkey = try #require(try CertificateScan(try bob.publicKey()).subkeys.first)
        try crafted.add(subkey: subkey.body)
        try crafted.add(subkey: Array(primary.dropFirst(primary[0] & 3 == 0 ? 2 : 3)), flags: 0x02)
        let signature = try alice.sign(text, detached: true)
        let certificate = try laboratory.homes.inspect(crafted.bytes, now: Date()).get()
        #expect(try outcome(detached: signature, by: certificate) != .good)
        #expect(certificate.encryptionSubkey == subkey.fingerprint)
    }

    @Test(
        "several signatures over one text must all be good, in any order",
        arguments: [[true, false], [false, true], [true, true]]
    )
    func several(areGood: [Bool]) throws {
        let certificate = try laboratory.certificate(of: alice)
        let signatures = try areGood.flatMap { isGood in
            try alice.sign(isGood ? text : Array("other".utf8), detached: true)
        }
        switch try laboratory.homes.verify(detached: signatures, over: text, by: certificate) {
        case .failure: #expect(areGood.contains(false))
        case .success(let verified):
            let outcomes = verified.signatures.map(\.outcome)
            #expect((outcomes == [.good, .good]) == areGood.allSatisfy(\.self), "\(outcomes)")
        }
    }

    @Test("a signature that is older than its key is not good")
    func beforeKey() throws {
        let signature = try alice.sign(
            text,
            detached: true,
            options: ["--faked-system-time", "20200101T000000!", "--ignore-time-conflict"]
        )
        let certificate = try laboratory.certificate(of: alice)
        #expect(try outcome(detached: signature, by: certificate) != .good)
    }

    @Test("a signature by a revoked or weak subkey is not good")
    func badSubkey() throws {
        let weak = try laboratory.author("weak")
        try weak.gpg([
            "--passphrase", "", "--quick-add-key", weak.fingerprint, "rsa1024", "sign", "never",
        ])
        let signature = try weak.sign(text, detached: true)
        #expect(
            try outcome(detached: signature, by: laboratory.certificate(of: weak)) == .weakKey
        )
    }

    @Test("a signature by a revoked subkey is not good, even if it was made before")
    func revokedSubkey() throws {
        try alice.gpg([
            "--passphrase", "", "--quick-add-key", alice.fingerprint, "ed25519", "sign", "never",
        ])
        let signature = try alice.sign(text, detached: true)
        #expect(try outcome(detached: signature, by: laboratory.certificate(of: alice)) == .good)
        // Key 2 is revoked without a reason, so its earlier signatures count as forged.
        try TestProgram.output(
            [
                "gpg", "--homedir", alice.home, "--no-tty", "--command-fd", "0", "--yes",
                "--edit-key", alice.fingerprint,
            ],
            input: Array("key 2\nrevkey\ny\n0\n\ny\nsave\n".utf8)
        )
        #expect(
            try outcome(detached: signature, by: laboratory.certificate(of: alice)) == .keyRevoked
        )
    }

    @Test("a verification leaves no agent running")
    func noAgent() throws {
        laboratory.list.stopAgent()
        _ = try verify(try alice.sign(text, detached: false), by: alice)
        #expect(try laboratory.processIDs(named: "gpg-agent").isEmpty)
    }

    // A packet in the legacy format with a length of one or two octets.
    private static func firstPacket(of bytes: [UInt8]) throws -> [UInt8] {
        let size = bytes[0] & 3 == 0 ? 2 + Int(bytes[1]) : 3 + Int(bytes[1]) << 8 + Int(bytes[2])
        return Array(bytes.prefix(size))
    }
}
