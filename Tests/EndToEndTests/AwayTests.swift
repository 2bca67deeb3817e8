import Foundation
import Testing

/// What happens while a part of the road is missing.
@Suite(.serialized)
struct AwayTests {
    @Test("with the gate away, posts go through the milter, and what needs the gate waits for it")
    func gateAway() throws {
        let bed = try TestBed(
            extraMainCf: [
                "virtual_alias_maps = inline:{{everybody@people.test=team@lists.test}}"
            ]
        )
        bed.host.stopDaemon()
        try bed.host.startDaemon(
            ["--gate-socket", "unix:\(bed.host.scratch)/elsewhere.sock"],
            listeningAt: ["milter.sock"]
        )
        let aliased = try bed.anne.post(to: bed.list, text: "canary-waits")
        let direct = try bed.anne.post(to: bed.list, text: "canary-direct")
        #expect(
            try bed.send(aliased, from: bed.anne, to: ["everybody@people.test"]).reply
                .hasPrefix("250")
        )
        #expect(try bed.send(direct, from: bed.anne).reply.hasPrefix("250 2.0.0 Ok"))
        let copies = try bed.host.waitForMail(bed.bela.address)
        #expect(copies.count == 1)
        #expect(try bed.bela.open(copies[0]).text.contains("canary-direct"))
        bed.host.stopDaemon()
        try bed.host.startDaemon()
        try Shell.run("postqueue", ["-c", bed.host.config, "-f"])
        try bed.expectCopies(2, containing: "canary-waits")
    }

    @Test("with the milter away, a post goes through the gate at once, and is counted")
    func milterAway() throws {
        let bed = try TestBed()
        bed.host.stopDaemon()
        try bed.host.startDaemon(
            ["--milter-socket", "unix:\(bed.host.scratch)/elsewhere.sock"],
            listeningAt: ["gate.sock"]
        )
        let post = try bed.anne.post(to: bed.list, text: "canary-by-gate")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-by-gate")
        #expect(try bed.counter("missed-by-milter") == 1)
    }

    @Test("a client that is gone before the answer and comes again has posted once")
    func clientGone() throws {
        let bed = try TestBed()
        let post = try bed.anne.post(to: bed.list, text: "canary-gone")
        let file = bed.host.scratch + "/post.eml"
        try Data(post).write(to: URL(filePath: file))
        let script = """
            import socket, sys
            port, sender, recipient, file = sys.argv[1:]
            server = socket.create_connection(("127.0.0.1", int(port)))
            replies = server.makefile("rb")
            def say(line):
                server.sendall(line.encode() + b"\\r\\n")
                while replies.readline()[3:4] == b"-": pass
            replies.readline()
            for line in ["EHLO away.test", f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA"]:
                say(line)
            server.sendall(open(file, "rb").read() + b"\\r\\n.\\r\\n")
            """
        try Shell.run(
            "python3",
            ["-c", script, "\(bed.host.port)", bed.anne.address, bed.list, file]
        )
        // As long as the first may still be under way, and after that.
        for _ in 0..<3 {
            #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        }
        try bed.expectCopies(1, containing: "canary-gone")
    }
}
