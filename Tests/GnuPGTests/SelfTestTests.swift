import Foundation
import NIOConcurrencyHelpers
import OpenPGP
import TestSupport
import Testing

@testable import GnuPG

/// Whose fault it is that a message does not open is found with test messages of our own.
@Suite("Self-tests of the engine and of a list's key") struct SelfTestTests {
    private let laboratory: Laboratory
    private let message: [UInt8]

    init() throws {
        laboratory = try Laboratory()
        message = try laboratory.author("alice").encrypt(
            Array("a post".utf8),
            to: [Laboratory.listAddress]
        )
    }

    private static let damages: [(what: String, act: @Sendable (String) throws -> Void)] = [
        ("private keys empty", { try write("", toAll: "private-keys-v1.d", in: $0) }),
        ("private keys garbage", { try write("garbage", toAll: "private-keys-v1.d", in: $0) }),
        ("private keys missing", { try remove("private-keys-v1.d", in: $0) }),
        ("trustdb.gpg empty", { try write("", to: "trustdb.gpg", in: $0) }),
        (
            "trustdb.gpg garbage",
            { try write(String(repeating: "x", count: 1200), to: "trustdb.gpg", in: $0) }
        ),
        ("pubring.kbx empty", { try write("", to: "pubring.kbx", in: $0) }),
        ("pubring.kbx garbage", { try write("garbage", to: "pubring.kbx", in: $0) }),
        ("pubring.kbx missing", { try remove("pubring.kbx", in: $0) }),
        ("gpg.conf with an unknown option", { try write("no-such-thing", to: "gpg.conf", in: $0) }),
        ("gpg.conf empty", { try write("", to: "gpg.conf", in: $0) }),
        ("gpg.conf missing", { try remove("gpg.conf", in: $0) }),
        ("gpg-agent.conf garbage", { try write("no-such-thing", to: "gpg-agent.conf", in: $0) }),
    ]

    @Test(
        "a damaged file of the list's home never looks like the fault of a sender",
        arguments: damages.indices,
        [true, false]
    )
    func damagedHome(index: Int, isUsedBefore: Bool) throws {
        if isUsedBefore {
            _ = try laboratory.unwrap(message).get()
            try laboratory.list.check()
        }
        laboratory.list.stopAgent()
        try Self.damages[index].act(laboratory.list.home)
        let isOpened = (try? laboratory.unwrap(message).get()) != nil
        let isWell = (try? laboratory.list.check()) != nil
        #expect(isOpened == isWell, "\(Self.damages[index].what)")
    }

    @Test("a message that is damaged leaves the self-tests good")
    func damagedMessage() throws {
        var damaged = message
        damaged[damaged.count - 30] ^= 1
        #expect(try laboratory.unwrap(damaged).failure == .undecryptable)
        try laboratory.list.check()
        try laboratory.homes.check()
    }

    @Test(
        "a gpg that stops to work never looks like the fault of a sender",
        arguments: ["exit 2", "exit 127", "sleep 60", "kill -SEGV $$", "exit 0"]
    )
    func brokenEngine(behaviour: String) throws {
        let gpg = try BreakableEngine(in: laboratory.directory, EngineLimits(seconds: 1))
        let list = ListKeyring(
            home: laboratory.list.home,
            fingerprint: laboratory.list.fingerprint,
            engine: gpg.engine
        )
        let homes = CertificateHomes(directory: laboratory.directory.file("d"), engine: gpg.engine)
        try list.check()
        try homes.check()
        try gpg.behave(behaviour)
        #expect(throws: OpenPGPError.self) { try list.check() }
        #expect(throws: OpenPGPError.self) { try homes.check() }
        try gpg.behave(nil)
        try list.check()
        try homes.check()
    }

    @Test("a damaged home of a subscriber's certificate is written anew")
    func damagedCertificateHome() throws {
        let alice = try laboratory.author("alice")
        let certificate = try laboratory.certificate(of: alice)
        let signed = try alice.sign(Array("text".utf8), detached: false)
        let cache = laboratory.directory.file("c")
        for name in ["pubring.gpg", "gpg.conf"] {
            for damage in ["", "garbage"] {
                let paths = FileManager.default.enumerator(atPath: cache)
                for case let path as String in paths ?? .init() where path.hasSuffix(name) {
                    try Self.write(damage, to: path, in: cache)
                }
                let result = try laboratory.homes.verify(
                    message: signed,
                    by: certificate,
                    limit: 1000
                )
                #expect(try result.get().signatures.map(\.outcome) == [.good])
            }
        }
    }

    @Test("many who ask at once share few tests, and each gets one that began after they asked")
    func shared() {
        let schedule = SelfTestSchedule()
        let began = NIOLockedValueBox<[TimeInterval]>([])
        let asked = NIOLockedValueBox<[TimeInterval]>([])
        let now = { @Sendable in ProcessInfo.processInfo.systemUptime }
        let start = now()
        DispatchQueue.concurrentPerform(iterations: 40) { _ in
            let time = now()
            try? schedule.check {
                began.withLockedValue { $0.append(now()) }
                usleep(20_000)
            }
            let isTested = began.withLockedValue { $0.contains { $0 >= time } }
            if isTested { asked.withLockedValue { $0.append(time) } }
        }
        #expect(asked.withLockedValue(\.count) == 40)
        // A test takes 20 ms, and the pause after it 80 ms.
        let most = Int((now() - start) / 0.1) + 1
        #expect(began.withLockedValue(\.count) <= most)
    }

    @Test("tests of one who asks again and again use a fifth of the time at most")
    func paced() throws {
        let schedule = SelfTestSchedule()
        let start = ProcessInfo.processInfo.systemUptime
        for _ in 0..<4 { try schedule.check { usleep(20_000) } }
        #expect(ProcessInfo.processInfo.systemUptime - start >= 3 * 0.1)
    }

    private static func write(_ text: String, to name: String, in home: String) throws {
        try Data(text.utf8).write(to: URL(filePath: home + "/" + name))
    }

    private static func write(_ text: String, toAll folder: String, in home: String) throws {
        let path = home + "/" + folder
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            try write(text, to: name, in: path)
        }
    }

    private static func remove(_ name: String, in home: String) throws {
        try FileManager.default.removeItem(atPath: home + "/" + name)
    }
}

/// An engine whose gpg can be made to fail, and to work again.
struct BreakableEngine {
    let engine: Engine
    private let switchFile: String

    init(in directory: TemporaryDirectory, _ limits: EngineLimits) throws {
        switchFile = directory.file("behaviour")
        let gpg = try directory.write(
            Array(
                "#!/bin/sh\nif [ -f '\(switchFile)' ]; then . '\(switchFile)'; fi\nexec gpg \"$@\"\n"
                    .utf8
            ),
            to: "breakable"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: gpg)
        engine = try Engine.install(
            in: directory.file("breakable-engine"),
            limits: limits,
            gpg: gpg
        )
    }

    /// Runs this shell command in place of gpg; nil for gpg itself.
    func behave(_ behaviour: String?) throws {
        guard let behaviour else { return try FileManager.default.removeItem(atPath: switchFile) }
        try Data(behaviour.utf8).write(to: URL(filePath: switchFile))
    }
}
