import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

@Suite("Sealed posts") struct SealingTests {
    private let laboratory: Laboratory
    private let text = Array("Subject: hello\r\n\r\nhello\r\n".utf8)

    init() throws { laboratory = try Laboratory() }

    @Test("the list can open a post that it sealed", arguments: [0, 1, 8191, 100_000, 3_000_000])
    func roundTrip(size: Int) throws {
        let text = [UInt8](repeating: 0x61, count: size)
        let sealed = try laboratory.list.seal(text, signed: true)
        let opened = try laboratory.list.open(sealed: sealed, limit: size)
        #expect(opened.plaintext == text)
        let inside = try laboratory.list.unwrap(
            sealed,
            scan: try EncryptedMessageScan(sealed),
            limit: size + 4096
        ).get()
        #expect(try UnwrappedMessage(inside, limit: size + 4096).scan.kind == .signed)
        // It is not compressed, because the size would reveal something about the text.
        #expect(sealed.count > size)
    }

    @Test("a post that the list did not sign is a forgery")
    func unsigned() throws {
        let planted = try laboratory.list.seal(text, signed: false)
        let error = #expect(throws: OpenPGPError.self) {
            try laboratory.list.open(sealed: planted, limit: 1000)
        }
        #expect(error?.isForgery == true)
        let held = try laboratory.list.open(sealed: planted, limit: 1000, requireSignature: false)
        #expect(held.plaintext == text)
    }

    @Test("a post that another key signed is a forgery")
    func signedByAnother() throws {
        let eve = try laboratory.author("eve")
        let planted = try eve.encrypt(text, to: [laboratory.list.fingerprint.description])
        for required in [true, false] {
            let error = #expect(throws: OpenPGPError.self) {
                try laboratory.list.open(sealed: planted, limit: 1000, requireSignature: required)
            }
            #expect(error?.isForgery == true)
        }
    }

    @Test("a damaged post is a forgery")
    func damaged() throws {
        var sealed = try laboratory.list.seal(text, signed: true)
        sealed[sealed.count - 3] ^= 1
        #expect(throws: OpenPGPError(.forgery, .open)) {
            try laboratory.list.open(sealed: sealed, limit: 1000)
        }
    }

    @Test("a post over the limit is not opened")
    func tooLarge() throws {
        let sealed = try laboratory.list.seal(text, signed: true)
        #expect(throws: OpenPGPError(.outputTooLarge, .open)) {
            try laboratory.list.open(sealed: sealed, limit: text.count - 1)
        }
    }

    @Test(
        "gpg decrypts a rewrapped post with any kind of key and verifies the list's signature",
        arguments: [
            TestKeyring.Algorithm.brainpoolP256, .secp256k1, .elgamal, .curve25519, .rsa2048,
        ]
    )
    func rewraps(algorithm: TestKeyring.Algorithm) throws {
        let bob = try laboratory.author("bob", algorithm: algorithm)
        let certificate = try laboratory.certificate(of: bob)
        let sealed = try laboratory.list.seal(text, signed: true)
        let copy = try laboratory.list.rewrap(
            sealed: sealed,
            for: certificate,
            homes: laboratory.homes
        ).get()
        let opened = try bob.open(copy)
        #expect(opened.exit == 0)
        #expect(opened.plaintext == text)
        #expect(opened.has("GOODMDC"))
        #expect(
            opened.status.contains { $0.hasPrefix("VALIDSIG \(laboratory.list.fingerprint) ") }
        )
        let key = try #require(
            laboratory.homes.encryptionKey(of: certificate, now: Date())
        )
        let isNative = ![.brainpoolP256, .secp256k1, .elgamal].contains(algorithm)
        #expect(key.isNative == isNative)
    }

    @Test(
        "gpg decrypts a copy made with the session key and verifies the list's signature",
        arguments: [
            TestKeyring.Algorithm.curve25519, .nistP256, .nistP384, .nistP521, .rsa2048, .rsa4096,
        ]
    )
    func sessionKey(algorithm: TestKeyring.Algorithm) throws {
        let bob = try laboratory.author("bob", algorithm: algorithm)
        let certificate = try laboratory.certificate(of: bob)
        let sealed = try laboratory.list.seal(text, signed: true)
        let opened = try laboratory.list.open(sealed: sealed, limit: text.count)
        let key = try #require(laboratory.homes.encryptionKey(of: certificate, now: Date()))
        let copy = try SealedMessage(sealed, sessionKey: opened.sessionKey).armoredCopy(for: key)
        let read = try bob.open(copy.head + copy.shared + copy.end)
        #expect(read.plaintext == text)
        #expect(read.has("GOODSIG"))
        #expect(read.has("GOODMDC"))
    }

    @Test("a list key that prefers an old cipher still seals with AES-256")
    func cipher() throws {
        let old = try TestKeyring("list")
        try old.gpg(
            [
                "--default-preference-list", "CAST5 3DES SHA1", "--cert-digest-algo", "SHA256",
                "--command-fd", "0", "--edit-key", old.fingerprint, "setpref", "save",
            ],
            input: Array("y\n".utf8)
        )
        let directory = try TemporaryDirectory()
        let list = try ListKeyring.create(
            home: directory.file("1"),
            engine: laboratory.engine,
            importing: try old.secretKey(),
            userIDs: ["<list@lists.test>"]
        )
        defer { list.stopAgent() }
        let opened = try old.open(try list.seal(text, signed: true))
        #expect(opened.status.contains { $0.hasPrefix("DECRYPTION_INFO 2 9") })
    }

    @Test("a large RSA key opens fifty messages at once")
    func parallel() async throws {
        let laboratory = try Laboratory(algorithm: .rsa(bits: 4096))
        let alice = try laboratory.author("alice")
        let message = try alice.encrypt(text, to: [laboratory.list.fingerprint.description])
        let results = await withTaskGroup(of: Result<[UInt8], any Error>.self) { group in
            for _ in 0..<50 {
                group.addTask { Result { try laboratory.unwrap(message).get() } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 50)
        for result in results { #expect(throws: Never.self) { try result.get() } }
    }
}
