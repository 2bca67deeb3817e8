import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

@Suite("List keys and their agents") struct ListKeyTests {
    @Test(
        "a new key has its user ids, never expires, and encrypts with its subkey",
        arguments: [ListKeyAlgorithm.curve25519, .rsa(bits: 2048)]
    )
    func newKey(algorithm: ListKeyAlgorithm) throws {
        let directory = try TemporaryDirectory()
        let list = try ListKeyring.create(
            home: directory.file("1"),
            engine: try Engine.install(in: directory.file("engine")),
            algorithm: algorithm,
            userIDs: ["Böard <list@lists.test>", "<list-request@lists.test>"]
        )
        defer { list.stopAgent() }
        let reader = try TestKeyring(importing: try list.publicKey())
        let listing = try reader.gpg(["--with-colons", "--list-keys"])
        let lines = String(decoding: listing, as: UTF8.self)
            .split(separator: "\n").map {
                $0.split(separator: ":", omittingEmptySubsequences: false)
            }
        let keys = lines.filter { ["pub", "sub"].contains($0[0]) }
        #expect(keys.map { $0[11].filter(\.isLowercase) } == ["sc", "e"])
        #expect(keys.allSatisfy { $0[6].isEmpty })
        #expect(
            lines.filter { $0[0] == "uid" }.map { String($0[9]) }
                == ["Böard <list@lists.test>", "<list-request@lists.test>"]
        )
        #expect(lines.first { $0[0] == "fpr" }?[9] == Substring(list.fingerprint.description))
    }

    @Test("a home with a path too long for its sockets is refused before it is created")
    func longPath() throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.install(in: directory.file("engine"))
        let home = directory.file(String(repeating: "x", count: 90))
        #expect(throws: OpenPGPError(.pathTooLong, .prepareHome)) {
            try ListKeyring.create(home: home, engine: engine, userIDs: ["<a@lists.test>"])
        }
        #expect(!FileManager.default.fileExists(atPath: home))
    }

    @Test("no second key is created in a home")
    func occupiedHome() throws {
        let laboratory = try Laboratory()
        #expect(throws: OpenPGPError(.homeExists, .prepareHome)) {
            try ListKeyring.create(
                home: laboratory.list.home,
                engine: laboratory.engine,
                userIDs: ["<a@lists.test>"]
            )
        }
    }

    @Test(
        "user ids that are not valid in a header field are refused",
        arguments: [
            [], [""], ["a\nb <a@lists.test>"], ["a\u{0}b"], [String(repeating: "x", count: 513)],
        ]
    )
    func badUserIDs(userIDs: [String]) throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.install(in: directory.file("engine"))
        #expect(throws: OpenPGPError(.badUserID, .createKey)) {
            try ListKeyring.create(home: directory.file("1"), engine: engine, userIDs: userIDs)
        }
    }

    @Test("importing the revocation certificate revokes the key")
    func revocation() throws {
        let laboratory = try Laboratory()
        try checkRevocation(of: laboratory.list)
    }

    @Test("an imported key gets a revocation certificate too")
    func revocationOfImported() throws {
        let directory = try TemporaryDirectory()
        let old = try TestKeyring("list")
        let list = try ListKeyring.create(
            home: directory.file("1"),
            engine: try Engine.install(in: directory.file("engine")),
            importing: try old.secretKey(),
            userIDs: ["<list@lists.test>"]
        )
        defer { list.stopAgent() }
        try checkRevocation(of: list)
    }

    private func checkRevocation(of list: ListKeyring) throws {
        let reader = try TestKeyring(importing: try list.publicKey())
        try reader.learn(try list.revocationCertificate())
        let listing = try reader.gpg(["--with-colons", "--list-keys"])
        #expect(String(decoding: listing, as: UTF8.self).contains("pub:r:"))
    }

    @Test("an agent of another process keeps running, and our own is ended")
    func foreignAgent() throws {
        let laboratory = try Laboratory()
        _ = try laboratory.list.seal([1], signed: true)
        let other = ListKeyring(
            home: laboratory.directory.file("1"),
            fingerprint: laboratory.list.fingerprint,
            engine: laboratory.engine
        )
        _ = try other.seal([2], signed: true)
        let before = try laboratory.processIDs(named: "gpg-agent")
        other.stopAgent(startedHere: true)
        #expect(try laboratory.processIDs(named: "gpg-agent") == before)
        laboratory.list.stopAgent()
        _ = try other.seal([3], signed: true)
        other.stopAgent(startedHere: true)
        for _ in 0..<500 where try !laboratory.processIDs(named: "gpg-agent").isEmpty {
            usleep(10_000)
        }
        #expect(try laboratory.processIDs(named: "gpg-agent").isEmpty)
    }

    @Test("the next operation starts an agent that was ended")
    func restart() throws {
        let laboratory = try Laboratory()
        laboratory.list.stopAgent()
        // The socket is gone, but the process may still be ending.
        for _ in 0..<500 where try !laboratory.processIDs(named: "gpg-agent").isEmpty {
            usleep(10_000)
        }
        #expect(try laboratory.processIDs(named: "gpg-agent").isEmpty)
        let sealed = try laboratory.list.seal([1, 2, 3], signed: true)
        #expect(try laboratory.list.open(sealed: sealed, limit: 100).plaintext == [1, 2, 3])
    }
}
