import Foundation
import Testing

struct SubscriptionTests {
    static let request = "team-request@lists.test"

    @Test("a stranger with a mail program and a key joins, posts and leaves")
    func openPolicy() throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        let anne = bed.anne
        let asked = try bed.send(
            try anne.mail(to: "team-join@lists.test", subject: "hello"),
            from: anne,
            to: ["team-join@lists.test"]
        )
        #expect(asked.reply.hasPrefix("250"), "\(asked.transcript)")
        let invitation = try anne.letter()
        #expect(invitation.isSigned && !invitation.isEncrypted)
        #expect(invitation.subject.hasPrefix("key set "))
        // So writes Postfix's virtual(8) the null reverse-path.
        #expect(invitation.field("Return-Path") == "Return-Path: <MAILER-DAEMON>")
        #expect(invitation.field("Auto-Submitted") == "Auto-Submitted: auto-replied")
        #expect(invitation.outside.contains("list-key.asc"))
        let token = String(invitation.subject.dropFirst("key set ".count))
        #expect(try bed.storeHolds(token) == false)

        try bed.accept(try anne.reply(to: invitation, key: .pgpKeys), from: anne)
        let challenge = try anne.letter(2)
        #expect(challenge.isSigned && challenge.isEncrypted)
        #expect(challenge.subject == "key confirm")
        #expect(challenge.text.contains("openpgp-list-confirm-v1"))
        #expect(!challenge.outside.contains("key confirm"))
        #expect(challenge.field("In-Reply-To").contains("laptop.people.test"))

        try bed.accept(
            try anne.reply(to: challenge, style: .quotedPrintable, signature: .mime),
            from: anne
        )
        let welcome = try anne.letter(3)
        #expect(welcome.isSigned && welcome.isEncrypted)
        #expect(welcome.subject == "Welcome to team@lists.test")

        let post = try anne.post(to: bed.list, text: "canary-joined")
        #expect(try bed.send(post, from: anne).reply.hasPrefix("250"))
        #expect(try anne.letter(4).text.contains("Posted by"))

        // Signed for this list, it is done at once.
        try bed.accept(
            try anne.mail(
                to: Self.request,
                subject: "unsubscribe",
                text: "unsubscribe",
                signature: .mime,
                protecting: true
            ),
            from: anne
        )
        #expect(try anne.letter(5).subject == "You have left team@lists.test")
        let late = try anne.post(to: bed.list, text: "canary-left")
        #expect(try bed.send(late, from: anne).reply.hasPrefix("550 5.7.1"))
        #expect(try bed.host.listseal(["workflows", bed.list, "--json"]).output == "[]\n")
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(bed.owner.address).isEmpty)
    }

    @Test("owners decide by signed mail, and the person is told")
    func moderated() throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=confirm-moderate"])
        let (anne, bela, olga) = (bed.anne, bed.bela, bed.owner)
        for person in [anne, bela] {
            try bed.accept(try person.mail(to: Self.request, subject: "subscribe"), from: person)
            let question = try person.letter()
            #expect(question.subject.hasPrefix("confirm "))
            // One answers to the address, the other with the Subject.
            let token = String(question.subject.dropFirst("confirm ".count))
            let address = person.name == "anne" ? "team-confirm+\(token)@lists.test" : Self.request
            try bed.accept(
                try person.reply(to: question, list: address),
                from: person,
                to: address
            )
            try bed.accept(
                try person.reply(to: try person.letter(2), key: .base64),
                from: person
            )
            try bed.accept(
                try person.reply(to: try person.letter(3), style: .base64, signature: .encrypted),
                from: person
            )
        }
        let notices = try [olga.letter(1), olga.letter(2)]
        #expect(notices.allSatisfy { $0.isEncrypted && $0.isSigned })
        #expect(notices.allSatisfy { !$0.outside.contains("anne@people.test") })
        func decision(_ word: String, about person: Person) throws -> String {
            let notice = try #require(notices.first { $0.subject.contains(person.address) })
            #expect(notice.text.contains(try person.fingerprint()))
            let line = notice.text.split(separator: "\n").first { $0.hasPrefix(word + " ") }
            return String(try #require(line).split(separator: " ")[1])
        }
        let yes = "accept \(try decision("accept", about: anne))"
        let no = "reject \(try decision("reject", about: bela)) we do not know you"
        // Not from a stranger, and not unsigned.
        for (person, signature) in [(bela, SignatureStyle.mime), (olga, .none)] {
            let mail = try person.mail(
                to: Self.request,
                subject: "x",
                text: yes,
                signature: signature
            )
            #expect(
                try bed.send(mail, from: person, to: [Self.request]).reply.hasPrefix("550 5.7.1")
            )
        }
        // Below, unquoted, the other decision: what stands first counts.
        try bed.accept(
            try olga.mail(
                to: Self.request,
                subject: "Re: [...]",
                text: yes + "\n\n" + yes.replacing("accept", with: "reject") + " a reason",
                signature: .mime
            ),
            from: olga
        )
        try bed.accept(
            try olga.mail(to: Self.request, subject: "x", text: no, signature: .encrypted),
            from: olga
        )
        #expect(try anne.letter(4).subject == "Welcome to team@lists.test")
        let told = try bela.letter(4)
        #expect(told.isEncrypted && told.text.contains("we do not know you"))
        let people = try bed.host.listseal(["subscribers", bed.list]).output
        #expect(people.contains("anne@people.test") && !people.contains("bela@people.test"))
    }

    @Test("an owner subscribes with the key that the list knows, in the list's language and words")
    func owner() throws {
        let bed = try TestBed(
            subscribed: false,
            settings: ["subscription_policy=open", "language=de"]
        )
        let olga = bed.owner
        let folder = bed.host.state + "/texts/team.lists.test"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "Subject: Hallo\n\nWillkommen bei {list}, sagt eine Datei.\n".write(
            toFile: folder + "/welcome.txt",
            atomically: true,
            encoding: .utf8
        )
        try bed.accept(try olga.mail(to: Self.request, subject: "subscribe"), from: olga)
        // No other key is asked for: whoever reads her mail would become the owner.
        let challenge = try olga.letter()
        #expect(challenge.isEncrypted && challenge.subject == "key confirm")
        #expect(challenge.text.contains("signieren Sie Ihre Antwort"))
        try bed.accept(try olga.reply(to: challenge, signature: .encrypted), from: olga)
        let welcome = try olga.letter(2)
        #expect(welcome.subject == "Hallo" && welcome.text.contains("sagt eine Datei"))
        let people = try bed.host.listseal(["subscribers", bed.list]).output
        #expect(people.contains("subscriber,owner"))
        // She leaves as a subscriber, and stays an owner.
        try bed.accept(
            try olga.mail(
                to: Self.request,
                subject: "x",
                text: "unsubscribe\nlist: \(bed.list)",
                signature: .mime
            ),
            from: olga
        )
        #expect(try olga.letter(3).isEncrypted)
        let left = try bed.host.listseal(["subscribers", bed.list]).output
        #expect(left.contains("owner") && !left.contains("subscriber"))
        try bed.host.listseal(["list", "set", bed.list, "subscription_policy", "closed"])
        let closed = try bed.anne.mail(to: Self.request, subject: "subscribe")
        #expect(
            try bed.send(closed, from: bed.anne, to: [Self.request]).reply.hasPrefix("550 5.7.1")
        )
    }

    @Test("a subscription goes on where it was, whenever the daemon is killed")
    func killed() throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        let anne = bed.anne
        func send(_ mail: [UInt8], killedAt point: String) throws {
            bed.host.killDaemon()
            try bed.host.startDaemon(environment: ["LISTSEAL_CRASH_AT": point])
            let first = try bed.send(mail, from: anne, to: [Self.request])
            try bed.host.wait("the crash at \(point)") { bed.host.daemon?.isRunning == false }
            try bed.host.startDaemon()
            // Who was not told 250 comes again, and so does the gate with what it has.
            if !first.reply.hasPrefix("250") { try bed.accept(mail, from: anne) }
            try Shell.run("postqueue", ["-c", bed.host.config, "-f"])
        }
        try send(try anne.mail(to: Self.request, subject: "subscribe"), killedAt: "sealed")
        try send(try anne.reply(to: try anne.letter(), key: .pgpKeys), killedAt: "committed")
        try send(
            try anne.reply(to: try anne.letter(2), signature: .mime),
            killedAt: "answering"
        )
        #expect(try anne.letter(3).subject.hasPrefix("Welcome"))
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(anne.address).count == 3)
        let people = try bed.host.listseal(["subscribers", bed.list]).output
        #expect(people.contains(anne.address))
    }

    @Test(
        "a key is taken however a mail program attaches it, and an answer however it is signed",
        arguments: [
            (KeyStyle.quotedPrintable, TextStyle.flowed, SignatureStyle.clear, false),
            (.binary, .plain, .encapsulated, false), (.inText, .quotedPrintable, .encrypted, true),
            (.octetStream, .base64, .mime, true), (.autocrypt, .plain, .inline, false),
        ]
    )
    func styles(
        key: KeyStyle,
        text: TextStyle,
        signature: SignatureStyle,
        protecting: Bool
    ) throws {
        let bed = try TestBed(subscribed: false, settings: ["subscription_policy=open"])
        try bed.accept(try bed.anne.mail(to: Self.request, subject: "Subscribe"), from: bed.anne)
        let invitation = try bed.anne.letter()
        try bed.accept(
            try bed.anne.reply(
                to: invitation,
                prefix: "Antw: Re[2]: ",
                key: key,
                protecting: protecting
            ),
            from: bed.anne
        )
        try bed.accept(
            try bed.anne.reply(
                to: try bed.anne.letter(2),
                style: text,
                signature: signature,
                protecting: protecting
            ),
            from: bed.anne
        )
        #expect(try bed.anne.letter(3).subject == "Welcome to team@lists.test")
    }
}

extension TestBed {
    /// Sends a mail with commands, which must be taken.
    func accept(
        _ message: [UInt8],
        from person: Person,
        to address: String = SubscriptionTests.request
    ) throws {
        let answer = try send(message, from: person, to: [address])
        #expect(
            answer.reply.hasPrefix("250"),
            "\(answer.transcript)\n\(host.daemonLog.suffix(2000))"
        )
    }

    /// Whether a text stands in any file of the state directory.
    func storeHolds(_ text: String) throws -> Bool {
        try Shell.run("grep", ["-rqa", text, host.state]).status == 0
    }
}
