import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

@Suite("The import of a list key") struct ListKeyImportTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() throws {
        directory = try TemporaryDirectory()
        engine = try Engine.install(in: directory.file("engine"))
    }

    private func take(_ key: [UInt8]) throws -> ListKeyring {
        try ListKeyring.create(
            home: directory.file("1"),
            engine: engine,
            importing: key,
            userIDs: ["New <list@lists.test>", "<list-request@lists.test>"]
        )
    }

    @Test("an imported key keeps its fingerprint and gets the list's user ids")
    func imported() throws {
        let old = try TestKeyring("list", algorithm: .rsa2048)
        let list = try take(try old.secretKey())
        defer { list.stopAgent() }
        #expect(list.fingerprint.description == old.fingerprint)
        let reader = try TestKeyring(importing: try list.publicKey())
        let listing = String(decoding: try reader.gpg(["--with-colons", "-k"]), as: UTF8.self)
        let userIDs = listing.split(separator: "\n").filter { $0.hasPrefix("uid") }
        #expect(userIDs.count == 3)
        #expect(userIDs.first?.contains("New <list@lists.test>") == true)
    }

    @Test("self-signatures with SHA-1 are replaced")
    func weakSelfSignatures() throws {
        let old = try TestKeyring("list", options: ["--cert-digest-algo", "SHA1"])
        let list = try take(try old.secretKey())
        defer { list.stopAgent() }
        let homes = CertificateHomes(directory: directory.file("c"), engine: engine)
        let certificate = try homes.inspect(try list.publicKey(), now: Date()).get()
        #expect(certificate.userIDs.first == "New <list@lists.test>")
        #expect(certificate.userIDs.count == 3)
    }

    @Test("a key with a passphrase is refused for this reason")
    func passphrase() throws {
        let old = try TestKeyring("list", passphrase: "secret")
        let key = try old.secretKey(passphrase: "secret")
        #expect(throws: OpenPGPError(.passphraseProtected, .importKey)) { try take(key) }
        // gpg-agent removes its socket when it ends.
        #expect(!FileManager.default.fileExists(atPath: directory.file("1/S.gpg-agent")))
    }

    @Test("a public key is refused")
    func publicKey() throws {
        let key = try TestKeyring("list").publicKey()
        #expect(throws: OpenPGPError(.notOneSecretKey, .importKey)) { try take(key) }
    }

    @Test("two secret keys are refused")
    func twoKeys() throws {
        let keys = try TestKeyring("a").secretKey() + TestKeyring("b").secretKey()
        #expect(throws: OpenPGPError(.notOneSecretKey, .importKey)) { try take(keys) }
    }

    @Test("octets that are not a key are refused")
    func noise() throws {
        #expect(throws: OpenPGPError(.notOneSecretKey, .importKey)) {
            try take(Array("not a key".utf8))
        }
    }

    @Test("an expired key is refused")
    func expired() throws {
        let old = try TestKeyring(
            "list",
            expires: "1d",
            options: ["--faked-system-time", "20200101T000000!"]
        )
        let key = try old.secretKey()
        #expect(throws: OpenPGPError(.unusableKey, .importKey)) { try take(key) }
    }

    @Test("a key that can only sign is refused")
    func signOnly() throws {
        let key = try TestKeyring("list", algorithm: .signOnly).secretKey()
        #expect(throws: OpenPGPError(.unusableKey, .importKey)) { try take(key) }
    }
}
