import Foundation
import Testing

@Suite("What the administrator is told", .serialized)
struct StatusTests {
    /// A finding as `status --json` prints it.
    private struct Finding: Decodable {
        let kind: String
        let severity: String
        let what: String
        let hint: String
    }

    private struct Report: Decodable {
        let healthy: Bool
        let severity: String
        let findings: [Finding]
    }

    private func status(_ host: Host) throws -> (code: Int32, report: Report) {
        let result = try host.listseal(["status", "--json"], expecting: nil)
        let report = try JSONDecoder().decode(Report.self, from: result.data)
        #expect(result.status == ["well": 0, "degraded": 1, "critical": 2][report.severity])
        #expect(report.findings.allSatisfy { !$0.what.isEmpty && !$0.hint.isEmpty })
        return (result.status, report)
    }

    /// Fails unless `status` exits so, with a finding of this kind that has these words.
    private func expect(
        _ code: Int32,
        _ kind: String,
        _ words: String,
        _ host: Host,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (found, report) = try status(host)
        #expect(found == code, "\(report)", sourceLocation: sourceLocation)
        #expect(
            report.findings.contains { $0.kind == kind && $0.what.contains(words) },
            "\(report)",
            sourceLocation: sourceLocation
        )
    }

    @Test("a daemon that is killed, stopped or deaf is never well, and neither is a Postfix")
    func processes() throws {
        let bed = try TestBed()
        let host = bed.host
        #expect(try status(host).code == 0)
        // Stopped by a signal: both doors and the daemon are silent.
        let process = try #require(host.daemon).processIdentifier
        // Killed: the sockets are still there.
        host.killDaemon()
        #expect(kill(process, 0) != 0)
        try expect(2, "daemon", "does not run", host)
        try expect(2, "socket", "the milter does not answer", host)
        try expect(2, "socket", "the gate does not answer", host)
        try host.startDaemon()
        #expect(try status(host).code == 0)
        host.stopDaemon()
        try expect(2, "daemon", "does not run", host)
        try host.startDaemon()
        // A socket is somebody else's file now.
        let gate = host.scratch + "/queue/listseal/gate.sock"
        try FileManager.default.moveItem(atPath: gate, toPath: gate + ".away")
        #expect(FileManager.default.createFile(atPath: gate, contents: nil))
        try expect(2, "socket", "the gate does not answer", host)
        try FileManager.default.removeItem(atPath: gate)
        try FileManager.default.moveItem(atPath: gate + ".away", toPath: gate)
        host.stopPostfix()
        try expect(2, "socket", "Postfix's service for copies does not answer", host)
    }

    @Test("a locked or lost database is never well, whoever asks")
    func database() throws {
        let bed = try TestBed()
        let host = bed.host
        let database = host.state + "/listseal.sqlite"
        let locker = Process()
        locker.executableURL = URL(filePath: "/usr/bin/env")
        locker.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys, time
            db = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
            db.execute("BEGIN IMMEDIATE"); print("locked", flush=True); time.sleep(60)
            """, database,
        ]
        let output = Pipe()
        locker.standardOutput = output
        try locker.run()
        #expect(try output.fileHandleForReading.read(upToCount: 6) == Data("locked".utf8))
        try expect(2, "database", "the daemon cannot write the database", host)
        kill(locker.processIdentifier, SIGKILL)
        locker.waitUntilExit()
        #expect(try status(host).code == 0)

        host.stopDaemon()
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.moveItem(
                atPath: database + suffix,
                toPath: database + suffix + ".away"
            )
        }
        try expect(2, "database", "from a backup", host)
        // Nothing makes an empty one: not a command, and not the daemon.
        for command in [["lists"], ["serve"], ["queue", "retry"]] {
            let result = try host.listseal(command, expecting: 1)
            #expect(result.error.contains("from a backup"), "\(result.error)")
        }
        #expect(!FileManager.default.fileExists(atPath: database))
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.moveItem(
                atPath: database + suffix + ".away",
                toPath: database + suffix
            )
        }
        try host.startDaemon()
        #expect(try status(host).code == 0)
    }

    @Test("mail for a list that the database has lost is deferred, never dropped")
    func lostList() throws {
        let bed = try TestBed()
        try bed.host.sql("DELETE FROM list")
        let post = try bed.anne.post(to: bed.list, text: "canary-lost")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.host.wait("the deferral") {
            bed.host.mailLog.contains("status=deferred") && bed.host.mailLog.contains("451")
        }
        #expect(!bed.host.mailLog.contains("status=sent (250"))
        #expect(bed.host.daemonLog.contains("Postfix's table names a list"))
        // An address that the table does not name is still unknown.
        #expect(!bed.host.mailLog.contains("status=bounced"))
    }

    @Test("lost keys, a lost digest key, a paused list and a detached Postfix are never well")
    func files() throws {
        let bed = try TestBed()
        let host = bed.host
        let files = FileManager.default
        for (name, kind) in [("keys", "list-key-files"), ("digest.key", "digest-key-file")] {
            let path = "\(host.state)/\(name)"
            try files.moveItem(atPath: path, toPath: path + ".away")
            try expect(2, kind, path, host)
            try? files.removeItem(atPath: path)
            try files.moveItem(atPath: path + ".away", toPath: path)
        }
        try host.listseal(["list", "pause", bed.list])
        try expect(1, "paused", bed.list, host)
        try host.listseal(["list", "resume", bed.list])
        #expect(try status(host).code == 0)

        let main = host.config + "/main.cf"
        let attached = try String(contentsOfFile: main, encoding: .utf8)
        let lines = attached.split(separator: "\n").filter {
            !$0.hasPrefix("virtual_alias_maps") && !$0.hasPrefix("transport_maps")
        }
        try (lines.joined(separator: "\n") + "\n")
            .write(toFile: main, atomically: true, encoding: .utf8)
        try expect(2, "postfix", "virtual_alias_maps does not name", host)
        try attached.write(toFile: main, atomically: true, encoding: .utf8)

        let record = host.state + "/postfix/installation.json"
        try files.moveItem(atPath: record, toPath: record + ".away")
        try expect(2, "postfix", "no Postfix is attached", host)
        try files.moveItem(atPath: record + ".away", toPath: record)
        #expect(try status(host).code == 0)
    }

    @Test("copies that all come back, and copies that nobody takes, are never well")
    func copies() throws {
        let bed = try TestBed()
        let host = bed.host
        let now = Int(Date().timeIntervalSince1970)
        try host.sql(
            """
            INSERT INTO bounce (subscriber, day, received, kind, status, detail)
            SELECT id, 1, \(now - 60), 'hard', '5.1.1', 'x' FROM subscriber
            """
        )
        try expect(2, "bounces", bed.list, host)
        try host.sql("DELETE FROM bounce")
        #expect(try status(host).code == 0)
        host.stopPostfix()
        host.stopDaemon()
        try host.startPostfix()
        try host.startDaemon()
        try Shell.run("postconf", ["-c", host.config, "-M#", "listseal-in/unix"])
        host.stopPostfix()
        try host.startPostfix()
        let post = try bed.anne.post(to: bed.list, text: "canary-late")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try host.sql("UPDATE post SET sealed = sealed - 1200")
        try expect(2, "late-copies", "3 copies are not delivered", host)
    }

    @Test("a disk that is full is said in these words, and a mistyped --state makes no state")
    func diskAndState() throws {
        let bed = try TestBed()
        let host = bed.host
        let away = host.scratch + "/mistyped"
        for command in [["status"], ["lists"], ["queue", "show"], ["subscribers", bed.list]] {
            let result = try host.listseal(command + ["--state", away], expecting: nil)
            #expect(result.status == (command == ["status"] ? 2 : 1))
            #expect((result.output + result.error).contains("there are no lists in \(away)"))
        }
        #expect(!FileManager.default.fileExists(atPath: away))

        // The state moves to a small file system of its own, which somebody fills.
        host.stopDaemon()
        let disk = host.scratch + "/disk"
        let script = """
            mkdir "$1" && mount -t tmpfs -o size=48m tmpfs "$1" && cp -a "$0/." "$1/" &&
            mv "$0" "$0.away" && mkdir -m 700 "$0" && mount --move "$1" "$0"
            """
        let moved = try Shell.run("bash", ["-ec", script, host.state, disk])
        guard moved.status == 0 else {
            print("no file system can be mounted here: \(moved.error)")
            return
        }
        defer { _ = try? Shell.run("umount", ["-l", host.state]) }
        try host.startDaemon()
        let filler = host.state + "/filler"
        _ = try Shell.run("dd", ["if=/dev/zero", "of=\(filler)", "bs=1M", "count=100"])
        let post = try bed.anne.post(to: bed.list, text: String(repeating: "full ", count: 9000))
        _ = try bed.send(post, from: bed.anne)
        try expect(2, "disk", "the disk of \(host.state) is full", host)
        try expect(2, "database", "the disk is full", host)
        let words = try host.listseal(["status"], expecting: 2).output + host.daemonLog
        #expect(!words.contains("gpg-error 32817") && !words.contains("NSCocoaErrorDomain"))
        host.stopDaemon()
    }
}
