import Foundation
import Testing

@Suite("What a failing part leaves behind", .serialized)
struct RecoveryTests {
    @Test("a crash writes no memory into the log", arguments: [SIGSEGV, SIGILL, SIGTRAP])
    func crash(signal: Int32) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Host.program))
        let socket = "/tmp/listseal-crash-\(UUID().uuidString.prefix(8)).sock"
        process.arguments = ["steps", "--socket", "unix:\(socket)", "--log-level", "trace"]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=yes,color=no,interactive=no"]) { $1 }
        let output = Pipe()
        process.standardError = output
        process.standardOutput = output
        try process.run()
        for _ in 0..<100 where !FileManager.default.fileExists(atPath: socket) {
            Thread.sleep(forTimeInterval: 0.1)
        }
        try #require(FileManager.default.fileExists(atPath: socket))
        defer { try? FileManager.default.removeItem(atPath: socket) }
        kill(process.processIdentifier, signal)
        try? output.fileHandleForWriting.close()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        for word in ["crashed", "Registers", "Backtrace", "0x"] {
            #expect(!text.contains(word), "\(text.prefix(600))")
        }
    }

    @Test("a socket that somebody removed is there again, and Postfix reaches the daemon")
    func removedSockets() throws {
        let bed = try TestBed()
        let host = bed.host
        // The watch has seen them.
        Thread.sleep(forTimeInterval: 6)
        for name in ["milter.sock", "gate.sock"] {
            try FileManager.default.removeItem(atPath: "\(host.scratch)/queue/listseal/\(name)")
        }
        #expect(try host.listseal(["status"], expecting: 2).output.contains("does not answer"))
        try host.wait("the sockets") {
            try host.listseal(["status"], expecting: nil).status == 0
        }
        #expect(host.daemonLog.contains("starts anew"))
        let post = try bed.anne.post(to: bed.list, text: "canary-again")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-again")
        // It still ends in good order.
        host.stopDaemon()
        #expect(try host.listseal(["status"], expecting: 2).output.contains("does not run"))
    }

    @Test("a lost digest key is an error, never a new key, and no post is called forged for it")
    func digestKey() throws {
        let bed = try TestBed(settings: ["emergency=true"])
        let host = bed.host
        let path = host.state + "/digest.key"
        let post = try bed.anne.post(to: bed.list, text: "canary-held")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        host.stopDaemon()
        let key = try Data(contentsOf: URL(filePath: path))
        try FileManager.default.removeItem(atPath: path)
        let result = try host.listseal(["serve"], expecting: 1)
        #expect(result.error.contains("Restore it from a backup"))
        #expect(!FileManager.default.fileExists(atPath: path))
        let renewed = try host.listseal(["renew-digest-key"])
        #expect(renewed.output.contains("1 posts that wait for a moderator"))
        // A key that is there is never replaced.
        #expect(try Data(contentsOf: URL(filePath: path)) != key)
        try host.listseal(["renew-digest-key"], expecting: 1)
        try host.startDaemon()
        let status = try host.listseal(["status"], expecting: nil).output
        #expect(!status.contains("forged"))
        host.stopDaemon()
        try key.write(to: URL(filePath: path))
        try host.startDaemon()
        #expect(try host.listseal(["status"], expecting: nil).status == 0)
    }

    @Test("every alarm ends when somebody has looked at it, in the daemon too")
    func acknowledged() throws {
        let bed = try TestBed()
        let host = bed.host
        for name in ["forged-post", "digest-key", "steps", "list-key"] {
            try host.sql("INSERT INTO alarm VALUES ('\(name)', 'post 7', 1)")
            #expect(try host.listseal(["status"], expecting: 1).output.contains("post 7"))
            #expect(try host.listseal(["alarm", "end", name]).output.contains("is over"))
            #expect(try host.listseal(["status"], expecting: nil).status == 0)
        }
        // One that the daemon itself has raised, and that the store never had.
        let home = host.state + "/keys/1"
        try FileManager.default.moveItem(atPath: home, toPath: home + ".away")
        _ = try? Shell.run("gpgconf", ["--homedir", home + ".away", "--kill", "all"])
        let post = try bed.anne.post(to: bed.list, text: "canary-away")
        _ = try bed.send(post, from: bed.anne)
        try? FileManager.default.removeItem(atPath: home)
        try FileManager.default.moveItem(atPath: home + ".away", toPath: home)
        try host.sql("DELETE FROM alarm")
        #expect(try host.listseal(["status"], expecting: 2).output.contains("engine"))
        try host.listseal(["alarm", "end", "engine"])
        #expect(!(try host.listseal(["status"], expecting: nil).output.contains("engine")))
        #expect(
            try host.listseal(["alarm", "end", "nonsense"], expecting: 1).error.contains("no alarm")
        )
    }
}
