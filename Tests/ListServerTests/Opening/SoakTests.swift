import Foundation
import MailingList
import OpenPGP
import TestSupport
import Testing

@testable import ListServer

/// Many hostile mails, one after the other.
///
/// `LISTSEAL_SOAK` says how many.
@Suite struct SoakTests {
    private static let count =
        ProcessInfo.processInfo.environment["LISTSEAL_SOAK"].flatMap(Int.init) ?? 120
    private static let attacks = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..")

    @Test("hostile mail leaves no process, no file, no descriptor, and memory as it was")
    func soak() throws {
        let bench = try OpenerBench()
        let mails = try Self.mails(bench)
        var generator = SeededGenerator(seed: 1)
        func take(_ range: Range<Int>) throws {
            for index in range {
                var mail = mails[index % mails.count]
                if index / mails.count % 2 == 1 { mail = Mutation.mutate(mail, using: &generator) }
                let result = try bench.judge(mail)
                #expect(result.verdict != .accept, "mail \(index % mails.count)")
            }
        }
        // The first ones fill caches and heaps.
        let warm = min(Self.count / 2, 2 * mails.count)
        try take(0..<warm)
        let before = try Traces(of: bench)
        try take(warm..<Self.count)
        // gpg notices that its reader is gone when it writes the next time.
        var after = try Traces(of: bench)
        for _ in 0..<500 where after.processes > before.processes {
            usleep(10_000)
            after = try Traces(of: bench)
        }
        #expect(after.processes <= before.processes)
        #expect(after.agents == 1)
        #expect(after.files == before.files)
        #expect(after.descriptors <= before.descriptors)
        #expect(after.resident - before.resident < 64 << 20)
        print("\(Self.count) mails:", before, "->", after)
    }

    private static func mails(_ bench: OpenerBench) throws -> [[UInt8]] {
        let list = [OpenerBench.listAddress]
        let zeros = [UInt8](repeating: 0, count: 60_000_000)
        let signed = try bench.alice.sign(zeros, detached: false, options: ["-z", "9"])
        let insides: [[UInt8]] = try [
            bench.alice.encrypt(zeros, to: list, options: ["--compress-algo", "zip"]),
            bench.alice.encrypt(zeros, to: list, options: ["--compress-algo", "bzip2"]),
            // Encrypted as they stand: a bomb in a bomb, and encryption in encryption.
            bench.alice.encrypt(signed, to: list, signed: false),
            bench.alice.encrypt(bench.signedInside("words"), to: list),
            bench.alice.encrypt(
                bench.encapsulated("words").dropLast(20) + [],
                to: list,
                signed: false
            ),
            Array(bench.signedInside("words").dropLast(9)),
            bench.alice.encrypt(Array("tree 4b825dc\n\nwords\n".utf8), to: list),
        ]
        let folders = ["OpenPGPTests/Resources/openpgp", "MIMETests/Resources/mime"]
        let files = try folders.map { folder in
            try FileManager.default.contentsOfDirectory(
                at: attacks.appending(path: folder),
                includingPropertiesForKeys: nil
            ).sorted { $0.path() < $1.path() }.map { Array(try Data(contentsOf: $0)) }
        }
        return (insides + files[0]).map(bench.message(around:)) + files[1]
    }

    /// What a process leaves behind.
    private struct Traces {
        let processes: Int
        let agents: Int
        let files: Int
        let descriptors: Int
        let resident: Int

        init(of bench: OpenerBench) throws {
            let disk = FileManager.default
            let lines = try disk.contentsOfDirectory(atPath: "/proc").filter {
                Int32($0) != nil
            }.compactMap { process -> String? in
                guard let status = disk.contents(atPath: "/proc/\(process)/status"),
                    let line = disk.contents(atPath: "/proc/\(process)/cmdline")
                else { return nil }
                // A zombie has no command line, and us for its parent.
                let isChild = String(decoding: status, as: UTF8.self).contains(
                    "PPid:\t\(getpid())\n"
                )
                let text = String(decoding: line, as: UTF8.self)
                return isChild || text.contains(bench.directory.path) ? text : nil
            }
            agents = lines.filter { $0.contains("gpg-agent") && $0.contains("/s/keys/") }.count
            processes = lines.count
            files = disk.enumerator(atPath: bench.directory.path)?.allObjects.count ?? 0
            descriptors = try disk.contentsOfDirectory(atPath: "/proc/self/fd").count
            let pages = String(
                decoding: disk.contents(atPath: "/proc/self/statm") ?? Data(),
                as: UTF8.self
            ).split(separator: " ").dropFirst().first.flatMap { Int($0) }
            resident = (pages ?? 0) * Int(getpagesize())
        }
    }
}
