import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

@Suite("The inspection of certificates") struct InspectionTests {
    private let directory: TemporaryDirectory
    private let homes: CertificateHomes

    init() throws {
        directory = try TemporaryDirectory()
        homes = CertificateHomes(
            directory: directory.file("c"),
            engine: try Engine.install(in: directory.file("engine"))
        )
    }

    private func refusal(of bytes: [UInt8], now: Date = Date()) throws -> CertificateRefusal? {
        try homes.inspect(bytes, now: now).failure
    }

    @Test("an armored or binary certificate is accepted with its facts", arguments: [true, false])
    func taken(isArmored: Bool) throws {
        let alice = try TestKeyring("alice", expires: "30d")
        let certificate = try homes.inspect(
            try alice.publicKey(armored: isArmored),
            now: Date()
        ).get()
        #expect(certificate.fingerprint.description == alice.fingerprint)
        #expect(certificate.allFingerprints.count == 2)
        #expect(certificate.userIDs == ["alice <alice@people.test>"])
        #expect(certificate.encryptionSubkey == certificate.allFingerprints.last)
        let expiry = try #require(certificate.encryptionExpires)
        #expect(expiry > Date() && expiry < Date(timeIntervalSinceNow: 31 * 86_400))
        #expect(homes.encryptionKey(of: certificate, now: Date()) != nil)
        #expect(homes.encryptionKey(of: certificate, now: expiry) == nil)
    }

    @Test("a certificate is refused for a time after its expiry")
    func later() throws {
        let key = try TestKeyring("alice", expires: "30d").publicKey()
        #expect(try refusal(of: key, now: Date(timeIntervalSinceNow: 40 * 86_400)) == .expired)
    }

    @Test("an expired certificate is refused")
    func expired() throws {
        let past = ["--faked-system-time", "20200101T000000!"]
        let key = try TestKeyring("alice", expires: "1d", options: past).publicKey()
        #expect(try refusal(of: key) == .expired)
    }

    @Test("a revoked certificate is refused")
    func revoked() throws {
        let alice = try TestKeyring("alice")
        let revocation = try String(
            contentsOfFile: "\(alice.home)/openpgp-revocs.d/\(alice.fingerprint).rev",
            encoding: .utf8
        ).replacing(":-----BEGIN", with: "-----BEGIN")
        try alice.learn(Array(revocation.utf8))
        #expect(try refusal(of: try alice.publicKey()) == .revoked)
    }

    @Test("a certificate without an encryption key is refused")
    func signOnly() throws {
        let key = try TestKeyring("alice", algorithm: .signOnly).publicKey()
        #expect(try refusal(of: key) == .cannotEncrypt)
    }

    @Test("a certificate whose only subkey has expired is refused")
    func expiredSubkey() throws {
        let alice = try TestKeyring(
            "alice",
            algorithm: .signOnly,
            options: [
                "--faked-system-time", "20200101T000000!",
            ]
        )
        try alice.gpg([
            "--faked-system-time", "20200101T000000!", "--passphrase", "", "--quick-add-key",
            alice.fingerprint, "cv25519", "encrypt", "1d",
        ])
        #expect(try refusal(of: try alice.publicKey()) == .cannotEncrypt)
    }

    @Test("the newest subkey is chosen")
    func newestSubkey() throws {
        let alice = try TestKeyring("alice", options: ["--faked-system-time", "20200101T000000!"])
        try alice.gpg([
            "--passphrase", "", "--quick-add-key", alice.fingerprint, "cv25519", "encrypt", "never",
        ])
        let certificate = try homes.inspect(try alice.publicKey(), now: Date()).get()
        #expect(certificate.allFingerprints.count == 3)
        #expect(certificate.encryptionSubkey == certificate.allFingerprints.last)
    }

    @Test("a secret key is refused, armored or binary")
    func secret() throws {
        let alice = try TestKeyring("alice")
        let armored = try alice.gpg(["--armor", "--export-secret-keys"])
        #expect(try refusal(of: try alice.secretKey()) == .secretKey)
        #expect(try refusal(of: armored) == .secretKey)
    }

    @Test("a weak key is refused")
    func weak() throws {
        let key = try TestKeyring("alice", algorithm: .rsa1024).publicKey()
        let refusal = try refusal(of: key)
        switch refusal {
        case .weakKey, .malformed: break
        default: Issue.record("\(String(describing: refusal))")
        }
    }

    @Test("a certificate signed with SHA-1 is refused")
    func weakSelfSignature() throws {
        let key = try TestKeyring("alice", options: ["--cert-digest-algo", "SHA1"]).publicKey()
        #expect(try refusal(of: key) == .noValidSelfSignature)
    }

    @Test(
        "octets that are not a certificate are refused",
        arguments: [[], [0x2d], [0x99, 0xff, 0xff], Array("hello".utf8)]
    )
    func noise(bytes: [UInt8]) throws {
        switch try refusal(of: bytes) {
        case .malformed: break
        case let other: Issue.record("\(String(describing: other))")
        }
    }

    @Test("two certificates are refused")
    func two() throws {
        let keys = try TestKeyring("alice").publicKey() + TestKeyring("bob").publicKey()
        #expect(throws: CertificateRefusal.self) { try homes.inspect(keys, now: Date()).get() }
    }

    @Test("certifications by other people are removed")
    func minimal() throws {
        let alice = try TestKeyring("alice")
        let bob = try TestKeyring("bob")
        try bob.learn(try alice.publicKey())
        let before = try alice.publicKey()
        try bob.gpg(["--quick-sign-key", alice.fingerprint])
        let signed = try bob.gpg(["--export", alice.fingerprint])
        #expect(signed.count > before.count)
        let certificate = try homes.inspect(signed, now: Date()).get()
        #expect(certificate.bytes.count <= before.count)
    }

    @Test("the number of homes is limited, and a home in use is not removed")
    func bounded() throws {
        let engine = try Engine.install(in: directory.file("engine"))
        let homes = CertificateHomes(directory: directory.file("few"), engine: engine, capacity: 3)
        let first = try TestKeyring("person0").publicKey()
        try homes.withHome(of: first, .verify) { home throws(OpenPGPError) in
            for _ in 0..<5 {
                let key = (0..<8).map { _ in UInt8.random(in: 0...255) }
                try homes.withHome(of: key, .verify) { _ in }
            }
            #expect(FileManager.default.fileExists(atPath: home + "/pubring.gpg"))
        }
        let run = try #require(
            try FileManager.default.contentsOfDirectory(atPath: directory.file("few")).first
        )
        let kept = try FileManager.default
            .contentsOfDirectory(atPath: directory.file("few/\(run)"))
        #expect(kept.count == 3)
    }

    @Test("a cache that somebody emptied is written again")
    func emptied() throws {
        let key = try TestKeyring("alice").publicKey()
        let certificate = try homes.inspect(key, now: Date()).get()
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.file("c")) {
            try FileManager.default.removeItem(atPath: directory.file("c/\(name)"))
        }
        #expect(try homes.inspect(key, now: Date()).get() == certificate)
    }

    @Test("a process removes the folder of a process that has ended")
    func leftovers() throws {
        try FileManager.default.createDirectory(
            atPath: directory.file("c/LEFT"),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700],
            ofItemAtPath: directory.file("c")
        )
        _ = try homes.inspect(try TestKeyring("alice").publicKey(), now: Date()).get()
        #expect(!FileManager.default.fileExists(atPath: directory.file("c/LEFT")))
    }
}
