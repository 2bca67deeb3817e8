import Foundation
import TestSupport
import Testing

@testable import GnuPG
@testable import OpenPGP

@Suite("The decryption of messages") struct UnwrapTests {
    private let laboratory: Laboratory
    private let alice: TestKeyring
    private let text = Array("Content-Type: text/plain\r\n\r\nhello\r\n".utf8)
    private var list: String { laboratory.list.fingerprint.description }

    init() throws {
        laboratory = try Laboratory()
        alice = try laboratory.author("alice")
    }

    @Test(
        "a decrypted message keeps its signature, which gpg verifies",
        arguments: [
            "none", "zip", "zlib", "bzip2",
        ]
    )
    func unwraps(compression: String) throws {
        let message = try alice.encrypt(
            text,
            to: [list],
            options: ["--compress-algo", compression]
        )
        let inside = try laboratory.unwrap(message).get()
        let opened = try alice.open(inside)
        #expect(opened.plaintext == text)
        #expect(opened.has("GOODSIG"))
    }

    @Test("a message with other recipients too is decrypted")
    func severalRecipients() throws {
        let message = try alice.encrypt(text, to: [alice.fingerprint, list])
        #expect(throws: Never.self) { try laboratory.unwrap(message).get() }
    }

    @Test("a message to a hidden recipient is decrypted if the list is this recipient")
    func hiddenRecipient() throws {
        let ours = try alice.encrypt(text, to: [], options: ["--hidden-recipient", list])
        let others = try alice.encrypt(
            text,
            to: [],
            options: ["--hidden-recipient", alice.fingerprint]
        )
        #expect(throws: Never.self) { try laboratory.unwrap(ours).get() }
        #expect(try laboratory.unwrap(others).failure == .notForUs)
    }

    @Test("a message to another recipient is refused as not for us")
    func stranger() throws {
        let message = try alice.encrypt(text, to: [alice.fingerprint])
        #expect(try laboratory.unwrap(message).failure == .notForUs)
    }

    @Test(
        "a modified message is the sender's fault, with or without other recipients",
        arguments: [false, true]
    )
    func tampered(isForOthers: Bool) throws {
        let recipients = isForOthers ? [alice.fingerprint, list] : [list]
        var message = try alice.encrypt(text, to: recipients)
        message[message.count - 5] ^= 1
        #expect(try laboratory.unwrap(message).failure == .undecryptable)
    }

    @Test("a damaged session key is the sender's fault")
    func damagedSessionKey() throws {
        var message = try alice.encrypt(text, to: [list])
        // The octet is in the wrapped key, after the ephemeral point.
        message[80] ^= 1
        #expect(try laboratory.unwrap(message).failure == .undecryptable)
    }

    @Test("no mutation of a message gives another plaintext")
    func mutations() throws {
        let original = try alice.encrypt(text, to: [list], signed: false)
        let good = try laboratory.unwrap(original).get()
        for seed in 0..<40 {
            var message = original
            message[(seed * 37) % message.count] ^= UInt8(1 << (seed % 8))
            guard let scan = try? EncryptedMessageScan(message) else { continue }
            do {
                let result = try laboratory.list.unwrap(message, scan: scan, limit: 1 << 20)
                if case .success(let plaintext) = result { #expect(plaintext == good) }
            } catch {
                Issue.record("a mutation was taken for a failure of ours: \(error)")
            }
        }
    }

    @Test("a plaintext over the limit is refused, and gpg ends", .timeLimit(.minutes(1)))
    func bomb() throws {
        let bomb = try alice.encrypt(
            [UInt8](repeating: 0x41, count: 50_000_000),
            to: [list],
            options: ["--compress-algo", "bzip2"]
        )
        let inside = try alice.encrypt(
            [UInt8](repeating: 0x41, count: 300_000),
            to: [list],
            options: ["--compress-algo", "none"]
        )
        #expect(try laboratory.unwrap(inside, limit: 100_000).failure == .tooLarge)
        // The text is compressed inside, so its size shows only when it is read.
        let small = try laboratory.unwrap(bomb, limit: 1 << 20).get()
        let result = try laboratory.homes.verify(
            message: small,
            by: laboratory.certificate(of: alice),
            limit: 1 << 20
        )
        #expect(result.failure == .tooLarge)
        // gpg notices at its next write that it must end; the wrapper bounds the time until then.
        while try !laboratory.processIDs(named: "--status-fd").isEmpty { usleep(10_000) }
    }

    @Test("a missing key file is thrown as our failure", arguments: [true, false])
    func keyFileGone(isHidden: Bool) throws {
        let message = try alice.encrypt(
            text,
            to: isHidden ? [] : [list],
            options: isHidden ? ["--hidden-recipient", list] : []
        )
        _ = try laboratory.unwrap(message).get()
        let keys = laboratory.list.home + "/private-keys-v1.d"
        for name in try FileManager.default.contentsOfDirectory(atPath: keys) {
            try FileManager.default.removeItem(atPath: "\(keys)/\(name)")
        }
        #expect(throws: OpenPGPError.self) { try laboratory.unwrap(message) }
    }

    @Test("a truncated key file is thrown as our failure")
    func keyFileDamaged() throws {
        let message = try alice.encrypt(text, to: [list])
        let keys = laboratory.list.home + "/private-keys-v1.d"
        for name in try FileManager.default.contentsOfDirectory(atPath: keys) {
            let file = try FileHandle(forWritingTo: URL(filePath: "\(keys)/\(name)"))
            try file.truncate(atOffset: 20)
        }
        #expect(throws: OpenPGPError.self) { try laboratory.unwrap(message) }
    }

    @Test("an agent that does not start is thrown as our failure")
    func noAgent() throws {
        let message = try alice.encrypt(text, to: [list])
        laboratory.list.stopAgent()
        // A directory at the path of the socket keeps the agent from starting.
        try FileManager.default.createDirectory(
            atPath: laboratory.list.home + "/S.gpg-agent/x",
            withIntermediateDirectories: true
        )
        #expect(throws: OpenPGPError(.noAgent, .agent)) { try laboratory.unwrap(message) }
    }

    @Test("an agent that hangs is thrown as our failure after gpg's timeout")
    func hungAgent() throws {
        let message = try alice.encrypt(text, to: [list])
        let hasty = ListKeyring(
            home: laboratory.list.home,
            fingerprint: laboratory.list.fingerprint,
            engine: try Engine.install(
                in: laboratory.directory.file("hasty"),
                limits: EngineLimits(seconds: 1)
            )
        )
        let agents = try laboratory.processIDs(named: "gpg-agent")
        #expect(!agents.isEmpty)
        for agent in agents { kill(agent, SIGSTOP) }
        defer { for agent in agents { kill(agent, SIGCONT) } }
        let scan = try EncryptedMessageScan(message)
        #expect(throws: OpenPGPError(.engineEnded, .unwrap)) {
            try hasty.unwrap(message, scan: scan, limit: 1000)
        }
    }
}
