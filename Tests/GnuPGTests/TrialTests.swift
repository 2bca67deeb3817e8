import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

/// Valid certificates with a subkey to which nothing can be encrypted.
@Suite("Keys that cannot be encrypted to") struct TrialTests {
    private static let created = Date(timeIntervalSince1970: 1_700_000_000)

    @Test(
        "a crafted certificate with a good subkey is accepted",
        arguments: [
            TestKeyring.Algorithm.curve25519, .nistP384, .brainpoolP256, .elgamal, .rsa2048,
        ]
    )
    func good(algorithm: TestKeyring.Algorithm) throws {
        let laboratory = try Laboratory()
        let bytes = try Self.certificate(algorithm) { $0 }
        #expect(throws: Never.self) { try laboratory.homes.inspect(bytes, now: Date()).get() }
    }

    @Test(
        "the inspection refuses a certificate with an invalid point",
        arguments: [TestKeyring.Algorithm.nistP256, .brainpoolP256, .secp256k1]
    )
    func point(algorithm: TestKeyring.Algorithm) throws {
        let laboratory = try Laboratory()
        let bytes = try Self.certificate(algorithm, Self.withoutPoint)
        #expect(
            try laboratory.homes.inspect(bytes, now: Date()).failure == .cannotEncrypt
        )
    }

    @Test("an unusable key of a subscriber refuses their copy and is not our failure")
    func rewrap() throws {
        let laboratory = try Laboratory()
        let bytes = try Self.certificate(.brainpoolP256, Self.withoutPoint)
        let scan = try CertificateScan(bytes)
        let certificate = Certificate(
            bytes: bytes,
            fingerprint: scan.keys[0].fingerprint,
            allFingerprints: scan.keys.map(\.fingerprint),
            userIDs: ["bob@people.test"],
            encryptionSubkey: scan.keys[1].fingerprint,
            encryptionExpires: nil
        )
        let sealed = try laboratory.list.seal([1, 2, 3], signed: true)
        let copy = try laboratory.list.rewrap(
            sealed: sealed,
            for: certificate,
            homes: laboratory.homes
        )
        #expect(copy.failure == .keyUnusable)
    }

    @Test("a point that gpg sometimes accepts never stops the other copies")
    func chance() throws {
        let laboratory = try Laboratory()
        // The point has order two, on another curve: half of its multiples are infinity.
        let bytes = try Self.certificate(.brainpoolP256) { body in
            var body = body
            let point = body.count - 4 - 65
            body.replaceSubrange(
                (point + 1)..<(point + 65),
                with: [UInt8](repeating: 0, count: 31) + [5] + [UInt8](repeating: 0, count: 32)
            )
            return body
        }
        let sealed = try laboratory.list.seal([1, 2, 3], signed: true)
        var (refused, tried) = (0, 0)
        // Each attempt fails with probability one half, so 2,000 attempts cannot all be equal.
        while refused == 0, tried < 2000 {
            tried += 1
            switch try laboratory.homes.inspect(bytes, now: Date()) {
            case .failure(let refusal):
                refused += 1
                #expect(refusal == .cannotEncrypt)
            case .success(let certificate):
                let copy = try laboratory.list.rewrap(
                    sealed: sealed,
                    for: certificate,
                    homes: laboratory.homes
                )
                #expect(copy.failure == nil || copy.failure == .keyUnusable)
            }
        }
        #expect(refused == 1)
    }

    @Test("the inspection refuses a certificate with an empty modulus")
    func modulus() throws {
        let laboratory = try Laboratory()
        let bytes = try Self.certificate(.elgamal) { body in
            Array(body.prefix(6)) + [0, 0] + body.dropFirst(6 + 2 + 256)
        }
        #expect(throws: CertificateRefusal.self) {
            try laboratory.homes.inspect(bytes, now: Date()).get()
        }
    }

    /// The first octet of a point gives its form; 7 is not a form.
    private static func withoutPoint(_ body: [UInt8]) -> [UInt8] {
        var body = body
        // After it come 64 octets and the parameters, for P-256, brainpool and secp256k1.
        body[body.count - 4 - 65] = 7
        return body
    }

    /// A certificate with a changed subkey of another person, validly bound.
    private static func certificate(
        _ algorithm: TestKeyring.Algorithm,
        _ change: ([UInt8]) -> [UInt8]
    ) throws -> [UInt8] {
        let bob = try TestKeyring("bob", algorithm: algorithm)
        let subkey = try #require(try CertificateScan(bob.publicKey()).subkeys.first)
        var certificate = try CraftedCertificate(userID: "bob@people.test", created: created)
        try certificate.add(subkey: change(subkey.body))
        return certificate.bytes
    }
}
