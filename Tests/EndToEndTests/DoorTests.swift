import Foundation
import Testing

@Suite(.serialized)
struct DoorTests {
    @Test("while the milter is away, posts wait for the gate and ordinary mail flows")
    func daemonAway() throws {
        let bed = try TestBed()
        bed.host.stopDaemon()
        let post = try bed.anne.post(to: bed.list, text: "canary-gate")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        let ordinary = bed.anne.cleartext(to: bed.cora.address, text: "ordinary words")
        #expect(
            try bed.send(ordinary, from: bed.anne, to: [bed.cora.address]).reply.hasPrefix("250")
        )
        #expect(try bed.host.waitForMail(bed.cora.address).count == 1)
        #expect(bed.host.inbox(bed.bela.address).isEmpty)
        try bed.host.startDaemon()
        try Shell.run("postqueue", ["-c", bed.host.config, "-f"])
        try bed.host.waitForMail(bed.bela.address)
        try bed.host.waitUntilQuiet()
        #expect(try bed.bela.open(bed.host.inbox(bed.bela.address)[0]).text.contains("canary-gate"))
        #expect(try bed.counter("missed-by-milter") == 1)
    }

    @Test("what the gate refuses from a stranger is dropped and counted, and nobody gets a bounce")
    func noBackscatter() throws {
        let bed = try TestBed()
        bed.host.stopDaemon()
        let spam = bed.anne.cleartext(to: bed.list, text: "buy")
        #expect(try bed.send(spam, from: bed.bela, to: [bed.list]).reply.hasPrefix("250"))
        try bed.host.startDaemon()
        try Shell.run("postqueue", ["-c", bed.host.config, "-f"])
        try bed.host.wait("the drop") { try bed.counter("dropped-at-gate") == 1 }
        try bed.host.waitUntilQuiet()
        for person in bed.subscribers { #expect(bed.host.inbox(person.address).isEmpty) }
        // The owners learn how much there was, and nothing of it.
        let report = try bed.owner.letter()
        #expect(report.isEncrypted && report.text.contains("Their number: 1."))
    }

    @Test("an alias that contains the list distributes the post once, also beside the list itself")
    func alias() throws {
        let bed = try TestBed(
            extraMainCf: [
                "virtual_alias_maps = inline:{{everybody@people.test=team@lists.test,olga@people.test}}"
            ]
        )
        let post = try bed.anne.post(to: bed.list, text: "canary-alias")
        let answer = try bed.send(
            post,
            from: bed.anne,
            to: ["everybody@people.test", bed.list, "dora@people.test"]
        )
        #expect(answer.reply.hasPrefix("250"), "\(answer.transcript)")
        try bed.expectCopies(1, containing: "canary-alias")
        // The ordinary recipients get what was sent, octet for octet encrypted.
        #expect(try bed.host.waitForMail("dora@people.test").count == 1)
        #expect(try bed.host.waitForMail("olga@people.test").count == 1)
    }

    @Test("a post by sendmail on the host is judged at the gate, and its refusal is a bounce")
    func sendmail() throws {
        let bed = try TestBed()
        let post = try bed.anne.post(to: bed.list, text: "canary-sendmail")
        let arguments = ["-C", bed.host.config, "-f", bed.anne.address, bed.list]
        try Shell.run("sendmail", arguments, input: post.filter { $0 != 13 })
        try bed.expectCopies(1, containing: "canary-sendmail")
        let clear = bed.anne.cleartext(to: bed.list, text: "canary-clear")
        try Shell.run("sendmail", arguments, input: clear.filter { $0 != 13 })
        let bounce = try bed.host.waitForMail(bed.anne.address, count: 2)
        let refusals = bounce.map { String(decoding: $0, as: UTF8.self) }
            .filter { $0.contains("5.7.1") }
        #expect(refusals.count == 1)
        // The reference in it is the queue id, and explains itself to the administrator.
        let reference = try #require(refusals.first?.firstMatch(of: /\(ref\s+(\w{8,})\)/)?.1)
        #expect(try bed.host.listseal(["log", String(reference)]).output.contains(bed.list))
    }

    @Test("two lists in one transaction both get the post; one that refuses leaves the other alone")
    func twoLists() throws {
        let bed = try TestBed()
        try bed.makeList("other@lists.test")
        let inside = bed.anne.entity(
            to: "team@lists.test, other@lists.test",
            subject: "both",
            text: "canary-two"
        )
        let armored = try bed.anne.gpg(
            [
                "--armor", "--recipient", bed.list, "--recipient", "other@lists.test", "--sign",
                "--encrypt",
            ],
            input: Array(inside.utf8)
        ).output
        let shape = String(decoding: try bed.anne.post(to: bed.list, text: "x"), as: UTF8.self)
        let start = try #require(shape.range(of: "-----BEGIN PGP MESSAGE-----"))
        let end = try #require(shape.range(of: "-----END PGP MESSAGE-----"))
        let post = shape.replacingCharacters(
            in: start.lowerBound..<end.upperBound,
            with: armored.trimmingCharacters(in: .whitespacesAndNewlines)
                .replacing("\n", with: "\r\n")
        )
        let answer = try bed.send(
            Array(post.utf8),
            from: bed.anne,
            to: [bed.list, "other@lists.test"]
        )
        #expect(answer.reply.hasPrefix("250"), "\(answer.transcript)")
        for person in bed.subscribers { try bed.host.waitForMail(person.address, count: 2) }
        try bed.host.waitUntilQuiet()
        for person in bed.subscribers { #expect(bed.host.inbox(person.address).count == 2) }
    }

    @Test("a list in a domain of other people's leaves those and its postmaster alone")
    func sharedDomain() throws {
        let bed = try TestBed(list: "team@people.test")
        let post = try bed.anne.post(to: bed.list, text: "canary-shared")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-shared")
        let note = bed.anne.cleartext(to: "postmaster@people.test", text: "help")
        #expect(
            try bed.send(note, from: bed.anne, to: ["postmaster@people.test"]).reply
                .hasPrefix("250")
        )
        #expect(try bed.host.waitForMail("postmaster@people.test").count == 1)
        #expect(bed.host.inbox(bed.owner.address).isEmpty)
    }

    @Test("ordinary mail arrives as it does without the milter")
    func ordinary() throws {
        let bed = try TestBed()
        let message = bed.anne.cleartext(to: "dora@people.test", text: "line\r\n.dot\r\n tail  ")
        #expect(
            try bed.send(message, from: bed.anne, to: ["dora@people.test"]).reply.hasPrefix("250")
        )
        let with = try bed.host.waitForMail("dora@people.test")[0]
        try Shell.run("postconf", ["-c", bed.host.config, "-e", "smtpd_milters="])
        try Shell.run("postfix", ["-c", bed.host.config, "reload"])
        Thread.sleep(forTimeInterval: 1)
        #expect(
            try bed.send(message, from: bed.anne, to: ["emil@people.test"]).reply.hasPrefix("250")
        )
        let without = try bed.host.waitForMail("emil@people.test")[0]
        func content(_ bytes: [UInt8]) -> Substring {
            let text = String(decoding: bytes, as: UTF8.self)
            return text[(text.range(of: "From: anne")?.lowerBound ?? text.startIndex)...]
        }
        #expect(content(with) == content(without))
    }
}

@Suite(.serialized)
struct SignalTests {
    @Test("HUP in bursts and USR1 leave the daemon running, and TERM ends it")
    func signals() throws {
        let bed = try TestBed()
        let daemon = try #require(bed.host.daemon)
        for _ in 0..<200 { kill(daemon.processIdentifier, SIGHUP) }
        kill(daemon.processIdentifier, SIGUSR1)
        try bed.host.wait("the reload") { bed.host.daemonLog.contains("log is open anew") }
        for _ in 0..<200 { kill(daemon.processIdentifier, SIGHUP) }
        let post = try bed.anne.post(to: bed.list, text: "canary-hup")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250 2.0.0 Ok"))
        try bed.expectCopies(1, containing: "canary-hup")
        #expect(try bed.counter("missed-by-milter") == 0)
        #expect(daemon.isRunning)
        daemon.terminate()
        daemon.waitUntilExit()
        #expect(daemon.terminationStatus == 0)
    }
}
