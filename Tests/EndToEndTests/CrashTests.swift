import Foundation
import Testing

struct CrashTests {
    static let points = [
        "received", "opened", "sealed", "committed", "answering", "window-read", "copies-made",
        "copies-sent", "settled", "pass-done",
    ]

    @Test("a daemon that is killed at any moment loses no copy", arguments: points)
    func killed(point: String) throws {
        let bed = try TestBed()
        bed.host.stopDaemon()
        try bed.host.startDaemon(environment: ["LISTSEAL_CRASH_AT": point])
        let post = try bed.anne.post(to: bed.list, text: "canary-crash")
        let first = try bed.send(post, from: bed.anne)
        try bed.host.wait("the crash at \(point)") { bed.host.daemon?.isRunning == false }
        try bed.host.startDaemon()
        // A client that was not told 250 comes again, as MTAs do; so does the
        // gate, with what the milter left unfinished.
        if !first.reply.hasPrefix("250") {
            #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        }
        try Shell.run("postqueue", ["-c", bed.host.config, "-f"])
        for person in bed.subscribers { try bed.host.waitForMail(person.address) }
        try bed.host.waitUntilQuiet()
        for person in bed.subscribers {
            let copies = bed.host.inbox(person.address)
            // At most the window that was under way goes out twice.
            #expect((1...2).contains(copies.count))
            let ids = Set(copies.map { Self.field("Message-ID", of: $0) })
            #expect(ids.count == 1)
            #expect(Set(copies.map { Self.field("Return-Path", of: $0) }).count == 1)
            #expect(try copies.allSatisfy { try person.open($0).text.contains("canary-crash") })
        }
        try bed.host.expectNowhere("canary-crash")
    }

    @Test("while Postfix is away, copies stay owed, and they go out when it is back")
    func postfixAway() throws {
        let bed = try TestBed()
        try Shell.run("postconf", ["-c", bed.host.config, "-M#", "listseal-in/unix"])
        try Shell.run("postfix", ["-c", bed.host.config, "reload"])
        let post = try bed.anne.post(to: bed.list, text: "canary-away")
        bed.host.stopPostfix()
        try bed.host.startPostfix()
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        Thread.sleep(forTimeInterval: 3)
        for person in bed.subscribers { #expect(bed.host.inbox(person.address).isEmpty) }
        bed.host.stopPostfix()
        bed.host.stopDaemon()
        try bed.host.listseal(["postfix", "setup", "--config-directory", bed.host.config])
        try bed.host.startPostfix()
        try bed.host.startDaemon()
        try bed.expectCopies(1, containing: "canary-away")
    }

    @Test("a list whose key is gone keeps its own copies owed, and no other list's")
    func otherList() throws {
        let bed = try TestBed()
        let other = "other@lists.test"
        try bed.makeList(other)
        try Shell.run("postconf", ["-c", bed.host.config, "-M#", "listseal-in/unix"])
        bed.host.stopPostfix()
        try bed.host.startPostfix()
        // The broken list's copies come first.
        for list in [bed.list, other] {
            let post = try bed.anne.post(to: list, text: "canary-\(list)")
            #expect(try bed.send(post, from: bed.anne, to: [list]).reply.hasPrefix("250"))
        }
        bed.host.stopPostfix()
        bed.host.stopDaemon()
        let home = bed.host.state + "/keys/1"
        try FileManager.default.moveItem(atPath: home, toPath: home + ".away")
        try bed.host.listseal(["postfix", "setup", "--config-directory", bed.host.config])
        try bed.host.startPostfix()
        try bed.host.startDaemon()
        for person in bed.subscribers { try bed.host.waitForMail(person.address) }
        let status = try bed.host.listseal(["status"], expecting: 2).output
        #expect(status.contains("engine") && status.contains("3"))
        for person in bed.subscribers {
            let copies = bed.host.inbox(person.address)
            #expect(copies.count == 1)
            #expect(try person.open(copies[0]).text.contains("canary-\(other)"))
        }
        // With the key it is paid, and the alarm ends.
        try? FileManager.default.removeItem(atPath: home)
        try FileManager.default.moveItem(atPath: home + ".away", toPath: home)
        try bed.host.listseal(["queue", "retry"])
        for person in bed.subscribers { try bed.host.waitForMail(person.address, count: 2) }
        try bed.host.wait("the end of the alarm") {
            try bed.host.listseal(["status"], expecting: nil).status == 0
        }
    }

    static func field(_ name: String, of message: [UInt8]) -> String {
        String(decoding: message, as: UTF8.self).split(separator: "\n")
            .first { $0.lowercased().hasPrefix(name.lowercased() + ":") }.map(String.init) ?? ""
    }
}

extension Host {
    /// Looks for a text in every file of ours and of Postfix's, in the mail that
    /// arrived, and wherever programs put what is temporary.
    func expectNowhere(_ canary: String) throws {
        let found = try Shell.run(
            "grep",
            ["-rlas", "--exclude-dir=people", "--devices=skip", canary, scratch]
                + ["/var/tmp", "/dev/shm", "/run"]
        )
        #expect(found.output.isEmpty, "plaintext in \(found.output)")
    }
}
