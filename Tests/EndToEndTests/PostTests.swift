import Foundation
import Testing

@Suite(.serialized)
struct PostTests {
    @Test("an encrypted and signed post reaches every subscriber, each encrypted to her key alone")
    func distributed() throws {
        let bed = try TestBed()
        let answer = try bed.send(bed.anne.post(to: bed.list, text: "canary-4711"), from: bed.anne)
        #expect(answer.reply.hasPrefix("250 2.0.0 Ok"), "\(answer.transcript)")
        try bed.expectCopies(1, containing: "canary-4711")
        for person in bed.subscribers {
            let copy = bed.host.inbox(person.address)[0]
            let (text, status) = try person.open(copy)
            #expect(status.filter { $0.contains(" ENC_TO ") }.count == 1)
            #expect(status.contains { $0.contains("GOODSIG") && $0.contains(bed.list) })
            #expect(text.contains("a subject that nobody outside may read"))
            #expect(text.contains("Posted by: anne@people.test \"anne\""))
            for other in bed.subscribers where other.name != person.name {
                #expect(try other.open(copy).status.contains { $0.contains("DECRYPTION_FAILED") })
            }
        }
    }

    @Test("the outside of a copy names the list and nothing of its author")
    func outside() throws {
        let bed = try TestBed()
        _ = try bed.send(bed.anne.post(to: bed.list, text: "words"), from: bed.anne)
        let copy = String(
            decoding: try bed.host.waitForMail(bed.bela.address)[0],
            as: UTF8.self
        )
        let header = copy.components(separatedBy: "\n\n")[0]
        #expect(header.contains("From: team@lists.test"))
        #expect(header.contains("To: team@lists.test"))
        #expect(header.contains("Subject: [...]"))
        #expect(header.contains("List-Id: <team.lists.test>"))
        #expect(header.contains("List-Post: <mailto:team@lists.test>"))
        #expect(header.contains("List-Help: <mailto:team-request@lists.test?subject=help>"))
        #expect(header.contains("List-Subscribe: <mailto:team-join@lists.test>"))
        #expect(header.contains("List-Unsubscribe: <mailto:team-leave@lists.test>"))
        #expect(header.contains("Precedence: list"))
        #expect(header.contains("X-Loop: team.lists.test"))
        #expect(header.contains("multipart/encrypted"))
        let envelope = ["Return-Path:", "X-Original-To:", "Delivered-To:", "Received:"]
        let own = header.split(separator: "\n").filter { line in
            !envelope.contains { line.hasPrefix($0) }
        }
        #expect(!own.contains { $0.contains("anne") || $0.contains("laptop") })
        #expect(header.contains("Return-Path: <team-bounces+"))
        #expect(copy.split(separator: "\n").allSatisfy { $0.utf8.count <= 998 })
        #expect(copy.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("a signature in a multipart/signed inside the encryption is as good as one in OpenPGP")
    func encapsulated() throws {
        let bed = try TestBed()
        let entity = try bed.anne.signedEntity(
            bed.anne.entity(to: bed.list, subject: "inside", text: "canary-encapsulated")
        )
        let post = try bed.anne.post(to: bed.list, text: "", signed: false, entity: entity)
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-encapsulated")
    }

    @Test("what is not encrypted, not signed, or not by a subscriber is refused in the dialogue")
    func refused() throws {
        let bed = try TestBed()
        let eve = try Person("eve", at: bed.host)
        try eve.learnKey(of: bed.list)
        func reply(_ message: [UInt8], _ person: Person) throws -> String {
            try bed.send(message, from: person).reply
        }
        let generic = "550 5.7.1 Posts must be encrypted to the list and signed"
        #expect(
            try reply(bed.anne.cleartext(to: bed.list, text: "x"), bed.anne).hasPrefix("523 5.7.10")
        )
        #expect(
            try reply(bed.anne.post(to: bed.list, text: "x", signed: false), bed.anne)
                .hasPrefix(generic)
        )
        #expect(try reply(eve.post(to: bed.list, text: "x"), eve).hasPrefix(generic))
        // Eve's signature in Anne's name.
        let forged = String(decoding: try eve.post(to: bed.list, text: "x"), as: UTF8.self)
            .replacing("From: eve <eve@people.test>", with: "From: anne <anne@people.test>")
        #expect(try reply(Array(forged.utf8), eve).hasPrefix(generic))
        try bed.host.waitUntilQuiet()
        for person in bed.subscribers { #expect(bed.host.inbox(person.address).isEmpty) }
    }

    @Test("a refusal ends with a reference that the log command explains")
    func reference() throws {
        let bed = try TestBed()
        let reply = try bed.send(
            bed.anne.post(to: bed.list, text: "x", signed: false),
            from: bed.anne
        ).reply
        let reference = try #require(reply.firstMatch(of: /\(ref ([0-9A-Za-z]+)\)/)).1
        let log = try bed.host.listseal(["log", String(reference)])
        #expect(log.output.contains("unsigned"))
        #expect(log.output.contains("must sign posts"))
        #expect(!log.output.contains("anne"))
    }

    @Test("addresses that no list has are refused at RCPT")
    func unknown() throws {
        let bed = try TestBed()
        let message = bed.anne.cleartext(to: "x", text: "x")
        for address in ["nobody@lists.test", "team-bounces+aaaaaaaaaaaaaaaaaaaa@lists.test"] {
            let answer = try bed.send(message, from: bed.anne, to: [address])
            #expect(answer.reply.hasPrefix("550 5.1.1"), "\(answer.transcript)")
        }
        // These are there; one takes commands alone, the other passes on to the owners what
        // is none.
        for (role, reply) in [
            ("confirm+x", "550 5.7.1 We could not accept this"), ("request", "250"),
        ] {
            let answer = try bed.send(message, from: bed.anne, to: ["team-\(role)@lists.test"])
            #expect(answer.reply.hasPrefix(reply), "\(answer.transcript)")
        }
        let passed = try bed.host.waitForMail(bed.owner.address)[0]
        #expect(
            try bed.owner.open(passed).text.contains(
                "This mail was sent to team-request@lists.test"
            )
        )
    }

    @Test("a post that was taken is answered 250 again and distributed once")
    func repeated() throws {
        let bed = try TestBed()
        let post = try bed.anne.post(to: bed.list, text: "canary-once")
        for _ in 0..<3 { #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250")) }
        try bed.expectCopies(1, containing: "canary-once")
        #expect(try bed.counter("repeated") == 2)
    }

    @Test("the same signed content in another envelope is a replay")
    func replayed() throws {
        let bed = try TestBed()
        let post = try bed.anne.post(to: bed.list, text: "canary-replay")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        let again = String(decoding: post, as: UTF8.self)
            .replacing("Message-ID: <", with: "Message-ID: <again.")
        #expect(try bed.send(Array(again.utf8), from: bed.anne).reply.hasPrefix("550 5.7.1"))
        try bed.expectCopies(1, containing: "canary-replay")
    }

    @Test("the same signed content is a replay in whatever it is wrapped, and whoever has seen it")
    func rewrapped() throws {
        let bed = try TestBed()
        let signed = try bed.anne.signedEntity(
            bed.anne.entity(to: bed.list, subject: "s", text: "canary-wrap")
        )
        let owners = try bed.anne.signedEntity(
            "Content-Type: text/plain\r\n\r\ncanary-owners\r\n"
        )
        // Another session key, armor, boundary and Message-ID each time.
        func wrap(_ entity: String) throws -> [UInt8] {
            try bed.anne.post(to: bed.list, text: "", signed: false, entity: entity)
        }
        #expect(try bed.send(try wrap(signed), from: bed.anne).reply.hasPrefix("250"))
        #expect(try bed.send(try wrap(signed), from: bed.anne).reply.hasPrefix("550 5.7.1"))
        // What was said to the owners is no post either.
        let owner = "team-owner@lists.test"
        #expect(
            try bed.send(try wrap(owners), from: bed.anne, to: [owner]).reply.hasPrefix("250")
        )
        let (text, _) = try bed.owner.open(try bed.host.waitForMail(bed.owner.address)[0])
        #expect(text.contains("canary-owners") && text.contains("verified by their signature"))
        #expect(try bed.send(try wrap(owners), from: bed.anne).reply.hasPrefix("550 5.7.1"))
        try bed.expectCopies(1, containing: "canary-wrap")
    }

    @Test("a signature over a text, as some programs make it, is as good as one over octets")
    func textMode() throws {
        let bed = try TestBed()
        let inside = bed.anne.entity(to: bed.list, subject: "s", text: "canary-text")
        let armored = try bed.anne.gpg(
            ["--armor", "--textmode", "--recipient", bed.list, "--sign", "--encrypt"],
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
        #expect(try bed.send(Array(post.utf8), from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-text")
    }

    @Test("a hundred clients that send one post at once are all told 250, or to come again")
    func race() throws {
        let bed = try TestBed()
        let post = try bed.anne.post(to: bed.list, text: "canary-race")
        let file = bed.host.scratch + "/race.eml"
        try Data(post).write(to: URL(filePath: file))
        // All have said DATA's recipients before the first sends its text.
        let script = """
            import smtplib, sys, threading
            port, sender, recipient, file = sys.argv[1:]
            message, codes = open(file, "rb").read(), []
            together = threading.Barrier(100)
            def client():
                with smtplib.SMTP("127.0.0.1", int(port), timeout=120) as server:
                    server.ehlo()
                    server.mail(sender)
                    server.rcpt(recipient)
                    together.wait()
                    codes.append(server.data(message)[0])
            clients = [threading.Thread(target=client) for _ in range(100)]
            for each in clients: each.start()
            for each in clients: each.join()
            print(*codes)
            """
        let result = try Shell.run(
            "python3",
            ["-c", script, "\(bed.host.port)", bed.anne.address, bed.list, file]
        )
        let codes = result.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        #expect(codes.count == 100, "\(result.error)")
        // Nobody is told that it is a replay: it is the same delivery.
        #expect(Set(codes).isSubset(of: [250, 451]))
        #expect(codes.contains(250))
        for code in codes where code != 250 {
            #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"), "\(code)")
        }
        try bed.expectCopies(1, containing: "canary-race")
    }

    @Test("copies name the list's key for mail programs, and nobody else's")
    func autocrypt() throws {
        let bed = try TestBed()
        let gossip =
            "Content-Type: text/plain; protected-headers=\"v1\"\r\nTo: team@lists.test\r\n"
            + "Autocrypt-Gossip: addr=secret-friend@people.test; keydata=AAAA\r\n\r\ncanary-key\r\n"
        let post = try bed.anne.post(to: bed.list, text: "", entity: gossip)
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-key")
        let copy = bed.host.inbox(bed.bela.address)[0]
        let header = String(decoding: copy, as: UTF8.self).components(separatedBy: "\n\n")[0]
            .replacing("\n ", with: " ")
        let fields = header.split(separator: "\n").filter { $0.hasPrefix("Autocrypt:") }
        #expect(fields.count == 1)
        let field = try #require(fields.first)
        #expect(field.contains("addr=team@lists.test;"))
        let data = try #require(field.components(separatedBy: "keydata=").last)
        let key = try #require(Data(base64Encoded: data.replacing(" ", with: "")))
        // A mail program that has never seen the list can write to it with this.
        let stranger = try Person("dora", at: bed.host)
        try stranger.gpg(["--import"], input: Array(key))
        let packets = try stranger.gpg(["--list-packets"], input: Array(key)).output
        #expect(packets.components(separatedBy: "\n:").count == 1 + 5)
        try stranger.gpg(["--armor", "-r", bed.list, "--encrypt"], input: Array("x".utf8))
        let opened = try bed.bela.open(copy).text
        #expect(!opened.contains("secret-friend"))
        #expect(!opened.contains("Autocrypt"))
    }

    @Test("a secret key on its way between two programs is never passed on")
    func setupMessage() throws {
        let bed = try TestBed()
        let setup =
            "Content-Type: multipart/mixed; boundary=\"s\"\r\n\r\n--s\r\n"
            + "Content-Type: application/autocrypt-setup\r\n\r\n<html>canary-setup</html>\r\n--s--\r\n"
        let post = try bed.anne.post(to: bed.list, text: "", entity: setup)
        for address in [bed.list, "team-owner@lists.test"] {
            let answer = try bed.send(post, from: bed.anne, to: [address])
            #expect(answer.reply.hasPrefix("550 5.7.1"), "\(answer.transcript)")
        }
        #expect(bed.host.inbox(bed.owner.address).isEmpty)
    }
}
