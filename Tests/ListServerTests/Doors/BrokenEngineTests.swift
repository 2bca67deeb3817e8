import Foundation
import GnuPG
import MailingList
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// An engine or a list key that breaks while the daemon runs: the author's server must keep the
/// message, and the administrator must be told.
@Suite("Doors over a broken engine") struct BrokenEngineTests {
    private let bench: OpenerBench
    private let doors: DoorBench

    init() throws {
        bench = try OpenerBench()
        doors = try DoorBench(bench)
    }

    private static let behaviours = ["exit 2", "exit 127", "kill -SEGV $$", "exit 0"]

    // In place of gpg; the wrapper still reports how it ended.
    private func engine(behaves behaviour: String?) throws {
        let folder = StateDirectory(path: bench.directory.file("s")).engine
        let fake = bench.directory.file("fake-gpg")
        try Data("#!/bin/sh\n\(behaviour ?? "exec gpg \"$@\"")\n".utf8).write(
            to: URL(filePath: fake)
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: fake)
        for name in ["gpg", "gpg-inspect"] {
            let path = folder + "/" + name
            let script = try String(contentsOfFile: path, encoding: .utf8)
            guard !script.contains(fake) else { continue }
            try FileManager.default.removeItem(atPath: path)
            try script.replacing("'/usr/bin/gpg'", with: "'\(fake)'")
                .write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: path)
        }
    }

    private func post(_ number: Int) throws -> [UInt8] {
        bench.message(around: try bench.signedInside("a post, number \(number)"))
    }

    private func send(_ message: [UInt8], by door: DoorBench.Entrance) throws -> DoorBench.Seen {
        try doors.send(message, to: [OpenerBench.listAddress], by: door, from: bench.alice.address)
    }

    private func isAlarmed() throws -> Bool {
        try bench.store.status(now: Date()).alarms.contains { $0.alarm == .engine }
    }

    @Test(
        "a post is neither refused nor dropped because gpg stops to work",
        arguments: DoorBench.Entrance.allCases,
        behaviours
    )
    func brokenEngine(door: DoorBench.Entrance, behaviour: String) throws {
        #expect(try send(post(0), by: door).logged.hasPrefix("accepted"))
        try engine(behaves: behaviour)
        let message = try post(1)
        // More often than the tries after which a message is refused for killing its engine.
        for _ in 0...FailureCounter.limit {
            let seen = try send(message, by: door)
            #expect(seen.logged == "postponed -", "\(seen)")
            #expect(try doors.lastLine().contains("our failure"))
            #expect(seen.reply.contains("451"), "\(seen)")
        }
        #expect(try isAlarmed())
        try engine(behaves: nil)
        #expect(try send(message, by: door).logged.hasPrefix("accepted"))
        #expect(try !isAlarmed())
    }

    @Test(
        "a post is neither refused nor dropped because the list's key files are empty",
        arguments: DoorBench.Entrance.allCases
    )
    func emptyKeys(door: DoorBench.Entrance) throws {
        #expect(try send(post(0), by: door).logged.hasPrefix("accepted"))
        let folder = bench.keys.keyring(of: bench.list).home + "/private-keys-v1.d"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        var contents: [String: Data] = [:]
        for file in files {
            contents[file] = FileManager.default.contents(atPath: folder + "/" + file)
            try Data().write(to: URL(filePath: folder + "/" + file))
        }
        let message = try post(1)
        for _ in 0...FailureCounter.limit {
            let seen = try send(message, by: door)
            #expect(seen.logged == "postponed -", "\(seen)")
            #expect(try doors.lastLine().contains("our failure"))
        }
        #expect(try isAlarmed())
        for (file, content) in contents {
            try content.write(to: URL(filePath: folder + "/" + file))
        }
        #expect(try send(message, by: door).logged.hasPrefix("accepted"))
    }

    @Test("a message that kills a gpg that works is refused at its third try")
    func poison() throws {
        #expect(try send(post(0), by: .milter).logged.hasPrefix("accepted"))
        let message = try post(1)
        try engine(
            behaves: """
                case "$*" in *--unwrap*) kill -SEGV $$;; esac
                exec gpg "$@"
                """
        )
        for _ in 1..<FailureCounter.limit {
            #expect(try send(message, by: .milter).logged == "postponed -")
            #expect(try doors.lastLine().contains("the OpenPGP engine failed on this message"))
        }
        #expect(try send(message, by: .milter).logged.hasPrefix("refused notDecryptable"))
        #expect(try !isAlarmed())
    }

    @Test(
        "refusals cost the same self-test, whatever the reason",
        arguments: DoorBench.Entrance.allCases
    )
    func uniform(door: DoorBench.Entrance) throws {
        let entity = Array("Content-Type: text/plain\r\n\r\nhello\r\n".utf8)
        let unsigned = bench.message(
            around: try bench.alice.encrypt(entity, to: [OpenerBench.listAddress], signed: false)
        )
        var damaged = try bench.alice.encrypt(
            entity,
            to: [OpenerBench.listAddress],
            signed: false
        )
        damaged[damaged.count - 30] ^= 1
        let tests = 2
        // The first one seals the test message.
        _ = try send(unsigned, by: door)
        // One run to decrypt, one to read what is inside.
        #expect(try send(unsigned, by: door).engineStarts == 2 + tests)
        // One run to decrypt.
        #expect(try send(bench.message(around: damaged), by: door).engineStarts == 1 + tests)
        #expect(try !isAlarmed())
    }
}
