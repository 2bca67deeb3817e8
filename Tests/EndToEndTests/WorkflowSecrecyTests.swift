import Foundation
import Testing

/// What strangers can learn from commands, and make the list do.
struct WorkflowSecrecyTests {
    private static let request = SubscriptionTests.request

    @Test("a subscriber, a stranger and whoever asks again are told the same")
    func membership() throws {
        let bed = try TestBed()
        let eve = try Person("eve", at: bed.host)
        var replies: [String: Set<String>] = [:]
        for command in ["subscribe", "unsubscribe", "key update", "help"] {
            for person in [bed.anne, eve] {
                for _ in 0..<2 {
                    let mail = try person.mail(to: Self.request, subject: command)
                    let reply = try bed.send(mail, from: person, to: [Self.request]).reply
                    replies[command, default: []].insert(Self.withoutReference(reply))
                }
            }
        }
        for (command, told) in replies { #expect(told.count == 1, "\(command): \(told)") }
        try bed.host.waitUntilQuiet()
        // One mail of a kind, whatever was asked how often; the member's are sealed. The stranger
        // is invited, and has no answer to a request to leave.
        #expect(bed.host.inbox(eve.address).count == 2)
        #expect(bed.host.inbox(bed.anne.address).count == 3)
        for number in 1...3 { #expect(try bed.anne.letter(number).isEncrypted) }
    }

    @Test("a token is good once, from its address, for what it was made; all else is told the same")
    func tokens() throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        let (anne, bela) = (bed.anne, bed.bela)
        for person in [anne, bela] {
            try bed.accept(try person.mail(to: Self.request, subject: "subscribe"), from: person)
        }
        let invitation = try anne.letter()
        let token = String(invitation.subject.dropFirst("key set ".count))
        var told: Set<String> = []
        func refused(_ mail: [UInt8], from person: Person, to address: String = Self.request) throws
        {
            let reply = try bed.send(mail, from: person, to: [address]).reply
            #expect(reply.hasPrefix("550"), "\(reply)")
            told.insert(Self.withoutReference(reply))
        }
        // Somebody else's, with her own key; in the wrong place; a made-up one.
        try refused(try bela.reply(to: invitation, key: .pgpKeys), from: bela)
        try refused(try anne.mail(to: Self.request, subject: "confirm \(token)"), from: anne)
        let unknown = String(repeating: "a", count: 26)
        try refused(
            try anne.mail(to: Self.request, subject: "key set \(unknown)", key: .pgpKeys),
            from: anne
        )
        let confirm = "team-confirm+\(unknown)@lists.test"
        try refused(try anne.mail(to: confirm, subject: "x"), from: anne, to: confirm)
        // Made for one list, it is nothing for another.
        try bed.makeList("other@lists.test", subscribed: false)
        try refused(
            try anne.reply(to: invitation, list: "other-request@lists.test", key: .pgpKeys),
            from: anne,
            to: "other-request@lists.test"
        )
        // A secret key: she is told, and may go on.
        let secret = try anne.gpg(["--armor", "--export-secret-keys"]).output
        try bed.accept(
            try anne.mail(to: Self.request, subject: "key set \(token)", text: secret),
            from: anne
        )
        let warning = try anne.letter(2)
        #expect(warning.text.contains("Other people may have it") && warning.isSigned)
        #expect(!warning.outside.contains("PRIVATE KEY"))
        let answer = try anne.reply(to: warning, key: .pgpKeys)
        try bed.accept(answer, from: anne)
        let challenge = try anne.letter(3)
        // The first token is used up.
        try refused(try anne.reply(to: invitation, key: .pgpKeys), from: anne)
        // Unsigned; by another's key; with a word changed.
        try refused(try anne.reply(to: challenge), from: anne)
        let changed = Letter(
            bytes: [],
            subject: challenge.subject,
            text: challenge.text.replacing("action: subscription", with: "action: key-change"),
            status: []
        )
        try refused(try anne.reply(to: changed, signature: .mime), from: anne)
        try refused(try bela.reply(to: challenge, signature: .mime), from: bela)
        // Signed for this list, and sent to another one.
        try refused(
            try anne.reply(to: challenge, list: "other-request@lists.test", signature: .mime),
            from: anne,
            to: "other-request@lists.test"
        )
        #expect(told.count == 1, "\(told)")
        try bed.accept(try anne.reply(to: challenge, signature: .mime), from: anne)
        #expect(try anne.letter(4).subject.hasPrefix("Welcome"))
    }

    @Test("whoever asks gets the list's key, signed, once a day; and nothing that a stranger wrote")
    func strangers() throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        for (number, (address, text)) in [
            ("team-sendkey@lists.test", ""), (Self.request, "key receive"), (Self.request, "info"),
        ].enumerated() {
            let eve = try Person("eve\(number)", at: bed.host)
            try eve.learnKey(of: bed.list)
            for _ in 0..<2 {
                let mail = try eve.mail(to: address, subject: "BUY-NOW", text: text)
                try bed.accept(mail, from: eve, to: address)
            }
            let answer = try eve.letter()
            #expect(answer.isSigned && !answer.isEncrypted)
            #expect(answer.outside.contains("list-key.asc"))
            #expect(!answer.outside.contains("BUY-NOW"))
            try bed.host.waitUntilQuiet()
            #expect(bed.host.inbox(eve.address).count == 1, "\(text)")
        }
        // Nor does an invitation carry what whoever asked for it wants her to read.
        let mail = String(
            decoding: try bed.anne.mail(
                to: Self.request,
                subject: "subscribe",
                text: "BUY-NOW http://x.test"
            ),
            as: UTF8.self
        ).replacing("From: anne <", with: "From: BUY-NOW <")
        try bed.accept(Array(mail.utf8), from: bed.anne)
        #expect(!(try bed.anne.letter().outside.contains("BUY-NOW")))
    }

    @Test("a forged request for help silences nothing that the person asks for")
    func silencing() throws {
        let bed = try TestBed(settings: ["subscription_policy=open"])
        let (eve, anne) = (try Person("eve", at: bed.host), bed.anne)
        func ask(_ person: Person, _ role: String, signature: SignatureStyle = .none) throws {
            let address = "team-\(role)@lists.test"
            let mail = try person.mail(to: address, subject: "help", signature: signature)
            try bed.accept(mail, from: person, to: address)
        }
        for person in [eve, anne] {
            for _ in 0..<2 { try ask(person, "request") }
            for _ in 0..<2 { try ask(person, "sendkey") }
        }
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(eve.address).count == 2)
        try ask(eve, "join")
        #expect(try eve.letter(3).subject.hasPrefix("key set "))
        try ask(anne, "leave")
        #expect(try anne.letter(3).subject.hasPrefix("confirm "))
        // Whoever signs is answered, also by an address that is itself the command.
        try ask(anne, "sendkey", signature: .mime)
        #expect(try anne.letter(4).isEncrypted)
        let unanswered = bed.host.daemonLog.split(separator: "\n").filter {
            $0.contains("not answered, help: ") || $0.contains("not answered, key receive: ")
        }
        #expect(unanswered.count == 4, "\(unanswered)")
        for line in unanswered { #expect(!line.contains("@people.test")) }
    }

    @Test("nothing is answered to a program, and five wrong answers end a workflow")
    func automatic() throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        let anne = bed.anne
        for field in ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x.test>"] {
            let mail = try anne.mail(to: Self.request, subject: "subscribe", extra: [field])
            let reply = try bed.send(mail, from: anne, to: [Self.request]).reply
            #expect(
                reply.hasPrefix("550 5.7.1 This address does not accept automatic mail"),
                "\(reply)"
            )
        }
        try bed.accept(try anne.mail(to: Self.request, subject: "subscribe"), from: anne)
        try bed.accept(try anne.reply(to: try anne.letter(), key: .pgpKeys), from: anne)
        let challenge = try anne.letter(2)
        for _ in 0..<5 {
            _ = try bed.send(try anne.reply(to: challenge), from: anne, to: [Self.request])
        }
        #expect(try bed.host.listseal(["workflows", bed.list, "--json"]).output == "[]\n")
        let late = try anne.reply(to: challenge, signature: .mime)
        #expect(try bed.send(late, from: anne, to: [Self.request]).reply.hasPrefix("550 5.7.1"))
    }

    @Test("the same key under two addresses is refused, after it was proven")
    func sameKey() throws {
        let bed = try TestBed(settings: ["subscription_policy=open"])
        // Eve has Anne's public key; Anne has another address of her own.
        let eve = try Person("eve", at: bed.host)
        try eve.gpg(
            ["--import"],
            input: Array(try Data(contentsOf: URL(filePath: bed.anne.keyFile)))
        )
        try bed.accept(try eve.mail(to: Self.request, subject: "subscribe"), from: eve)
        let invitation = try eve.letter()
        let key = try eve.gpg(["--armor", "--export", bed.anne.address]).output
        try bed.accept(
            try eve.mail(to: Self.request, subject: invitation.subject, text: key),
            from: eve
        )
        // She is asked as for any key: nothing says that it is a subscriber's.
        #expect(try eve.letter(2).outside.contains("BEGIN PGP MESSAGE"))
        let challenge = try bed.anne.read(bed.host.waitForMail(eve.address, count: 2)[1])
        let answer = try bed.anne.reply(to: challenge, signature: .mime)
        let asEve = String(decoding: answer, as: UTF8.self)
            .replacing("<anne@people.test>", with: "<eve@people.test>")
        try bed.accept(Array(asEve.utf8), from: eve)
        let told = try bed.anne.read(bed.host.waitForMail(eve.address, count: 3)[2])
        #expect(told.text.contains("belongs to another address"))
        let people = try bed.host.listseal(["subscribers", bed.list]).output
        #expect(!people.contains(eve.address))
    }

    @Test("who subscribes is told to owners, and to subscribers if the list says so; signed")
    func who() throws {
        let bed = try TestBed()
        func ask(_ person: Person, _ command: String, _ signature: SignatureStyle) throws -> String
        {
            let mail = try person.mail(
                to: Self.request,
                subject: "x",
                text: command,
                signature: signature,
                protecting: true
            )
            return try bed.send(mail, from: person, to: [Self.request]).reply
        }
        for command in ["who", "key get bela@people.test"] {
            #expect(try ask(bed.anne, command, .mime).hasPrefix("550"))
            #expect(try ask(bed.owner, command, .none).hasPrefix("550"))
            #expect(try ask(bed.owner, command, .mime).hasPrefix("250"))
        }
        let told = try bed.owner.letter()
        #expect(told.isEncrypted && told.text.contains("cora@people.test"))
        #expect(try bed.owner.letter(2).text.contains(try bed.bela.fingerprint()))
        try bed.host.listseal(["list", "set", bed.list, "show_subscribers", "true"])
        #expect(try ask(bed.anne, "who", .encrypted).hasPrefix("250"))
        #expect(try bed.anne.letter().text.contains("bela@people.test"))
        // Delivery is stopped by what was signed for this list, and only by that.
        #expect(try ask(bed.anne, "set delivery off", .mime).hasPrefix("250"))
        #expect(try bed.anne.letter(2).subject == "Delivery of posts: off")
        let post = try bed.bela.post(to: bed.list, text: "canary-off")
        #expect(try bed.send(post, from: bed.bela).reply.hasPrefix("250"))
        try bed.host.waitForMail(bed.cora.address)
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(bed.anne.address).count == 2)
    }

    @Test("what was signed for something else commands nothing")
    func captured() throws {
        let bed = try TestBed()
        let (anne, bela) = (bed.anne, bed.bela)
        // Anne's signed mail, which Bela puts into envelopes of her own.
        func forward(_ mail: [UInt8], subject: String, to address: String) throws -> String {
            let text = String(decoding: mail, as: UTF8.self)
                .replacing(/Subject: \.\.\.\r\n/, with: "Subject: \(subject)\r\n")
                .replacing(/Message-ID: </, with: "Message-ID: <x\(UUID().uuidString)")
            return try bed.send(Array(text.utf8), from: bela, to: [address]).reply
        }
        func signed(to recipient: String, _ text: String) throws -> [UInt8] {
            try anne.mail(
                to: recipient,
                subject: "hello",
                text: text,
                signature: .mime,
                protecting: true
            )
        }
        _ = try forward(
            try signed(to: bed.list, "to the list, and never sent"),
            subject: "unsubscribe",
            to: "team-leave@lists.test"
        )
        // Signed by a subscriber: so she is asked, and nothing more.
        #expect(try anne.letter().subject.hasPrefix("confirm "))
        let posted = try forward(
            try signed(to: bed.list, "to the list"),
            subject: "set delivery off",
            to: Self.request
        )
        // What was signed is no command: a letter, which the owners read.
        #expect(posted.hasPrefix("250"), "\(posted) \(bed.host.daemonLog.suffix(900))")
        // Her own words, to somebody else.
        #expect(
            try forward(
                try signed(to: "eve@people.test", "set delivery off"),
                subject: "x",
                to: Self.request
            ).hasPrefix("550")
        )
        // A key that her signature does not cover.
        let eve = try Person("eve", at: bed.host)
        let key = try eve.gpg(["--export", "--export-options", "export-minimal", eve.address])
            .data.base64EncodedString()
        let bait = try anne.mail(
            to: "eve@people.test",
            subject: "key change",
            text: "key change",
            signature: .mime,
            extra: ["Autocrypt: addr=anne@people.test; keydata=\(key)"]
        )
        #expect(try bed.send(bait, from: bela, to: [Self.request]).reply.hasPrefix("550"))
        let people = try bed.host.listseal(["subscribers", bed.list]).output
        #expect(people.contains("\(try anne.fingerprint())  subscriber  active"))
        #expect(
            try bed.host.listseal(["workflows", bed.list]).output.contains("key-change") == false
        )
    }

    @Test("a key without a revocation revokes nothing, tells nothing, and costs no mail")
    func publicKey() throws {
        let bed = try TestBed()
        let eve = try Person("eve", at: bed.host)
        try eve.gpg(
            ["--import"],
            input: Array(try Data(contentsOf: URL(filePath: bed.anne.keyFile)))
        )
        let key = try eve.gpg(["--armor", "--export", bed.anne.address]).output
        var told: Set<String> = []
        for address in [bed.anne.address, eve.address] {
            for _ in 0..<2 {
                let mail = try eve.mail(to: Self.request, subject: "key revoke", text: key)
                let spoofed = String(decoding: mail, as: UTF8.self)
                    .replacing("<eve@people.test>", with: "<\(address)>")
                let reply = try bed.send(Array(spoofed.utf8), from: eve, to: [Self.request]).reply
                told.insert(Self.withoutReference(reply))
            }
        }
        #expect(told.count == 1, "\(told)")
        // What says nothing new of it begins nothing that would stand in her way.
        let update = try eve.mail(to: Self.request, subject: "key update", text: key)
        let spoofed = String(decoding: update, as: UTF8.self)
            .replacing("<eve@people.test>", with: "<\(bed.anne.address)>")
        try bed.accept(Array(spoofed.utf8), from: eve)
        #expect(try bed.host.listseal(["workflows", bed.list, "--json"]).output == "[]\n")
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(bed.anne.address).isEmpty && bed.host.inbox(eve.address).isEmpty)
        let post = try bed.anne.post(to: bed.list, text: "canary-still")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        // The list signs no answer to another list's challenge.
        let statement =
            "openpgp-list-confirm-v1 action: a list: b address: c fingerprint: d token: e expires: f"
        let bait = try bed.anne.post(to: bed.list, text: statement)
        #expect(try bed.send(bait, from: bed.anne).reply.hasPrefix("550 5.7.1"))
    }

    @Test("two commands of which the first takes away what the second needs are no deadlock")
    func contradiction() throws {
        let bed = try TestBed()
        try bed.accept(
            try bed.anne.mail(
                to: Self.request,
                subject: "x",
                text: "unsubscribe\nset delivery off",
                signature: .mime,
                protecting: true
            ),
            from: bed.anne
        )
        let letters = try [bed.anne.letter(1), bed.anne.letter(2)]
        #expect(letters.contains { $0.subject == "You have left team@lists.test" })
        // She hears that the other one was not done.
        #expect(letters.contains { $0.text.contains("a mail of its own") })
    }

    static func withoutReference(_ reply: String) -> String {
        reply.replacing(/[0-9A-F]{8,}/, with: "REF")
    }
}
