import Foundation
import Testing

/// That nothing of what is refused stays anywhere, and what logs say.
@Suite(.serialized)
struct SecrecyTests {
    @Test(
        "nothing of a post that is refused after it was opened is anywhere, and nobody is written to"
    )
    func refused() throws {
        let bed = try TestBed()
        let eve = try Person("eve", at: bed.host)
        try eve.learnKey(of: bed.list)
        let taken = try bed.anne.post(to: bed.list, text: "canary-taken")
        #expect(try bed.send(taken, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-taken")
        let canary = "canary-refused"
        let from = "From: anne <anne@people.test>"
        func inside(_ fields: String) -> String {
            "Content-Type: text/plain; protected-headers=\"v1\"\r\n\(fields)\r\n\r\n\(canary)\r\n"
        }
        // What a reader of the list could send, and what anybody else could.
        var mails: [(what: String, mail: [UInt8])] = [
            ("unsigned", try bed.anne.post(to: bed.list, text: canary, signed: false)),
            (
                "another's signature",
                Self.edited(
                    try eve.post(to: bed.list, text: canary),
                    "From: eve <eve@people.test>",
                    from
                )
            ),
            (
                "rights in other fields",
                Self.edited(
                    try eve.post(to: bed.list, text: canary),
                    "To: team@lists.test",
                    "To: team@lists.test\r\nReply-To: anne@people.test\r\nSender: anne@people.test"
                )
            ),
            (
                "another From inside",
                try bed.anne.post(to: bed.list, text: "", entity: inside("From: b@people.test"))
            ),
            (
                "to somebody else",
                try bed.anne.post(
                    to: bed.list,
                    text: "",
                    entity: inside("\(from)\r\nTo: b@people.test")
                )
            ),
            (
                "an answer to a challenge",
                try bed.anne.post(to: bed.list, text: "\(canary)\r\nopenpgp-list-confirm-v1\r\n")
            ),
            ("a broken inside", try bed.anne.post(to: bed.list, text: "", entity: "\(canary)\r\n")),
        ]
        let again = Self.edited(taken, "Message-ID: <", "Message-ID: <again.")
        mails.append(("a replay", again))
        var replies: Set<String> = []
        for (what, mail) in mails {
            let reply = try bed.send(mail, from: bed.anne).reply
            #expect(reply.hasPrefix("550 5.7.1"), "\(what): \(reply)")
            replies.insert(WorkflowSecrecyTests.withoutReference(reply))
        }
        // One text for all that depends on decryption or membership.
        #expect(replies.count == 1, "\(replies)")
        // By the gate, what a stranger sent is dropped; and a bounce quotes nothing.
        try bed.host.setParameter("smtpd_milters", "")
        for (what, mail) in mails {
            let other = Self.edited(mail, "Message-ID: <", "Message-ID: <gate.")
            #expect(try bed.send(other, from: bed.anne).reply.hasPrefix("250"), "\(what)")
        }
        try bed.host.waitUntilQuiet()
        #expect(try bed.counter("dropped-at-gate") + bed.counter("refused") >= 2 * mails.count)
        try bed.host.expectNowhere(canary)
        #expect(bed.host.inbox(eve.address).isEmpty)
        // The owners learn how much was dropped, sealed, and nothing of it.
        for report in bed.host.inbox(bed.owner.address) {
            #expect(!String(decoding: report, as: UTF8.self).contains("Dropped"))
            let text = try bed.owner.open(report).text
            #expect(text.contains("Dropped messages: ") && !text.contains(canary))
        }
        for person in [bed.bela, bed.cora] { #expect(bed.host.inbox(person.address).count == 1) }
    }

    @Test("a log at its usual level names no subscriber, no key and no subject")
    func log() throws {
        let bed = try TestBed(settings: ["subscription_policy=open"])
        bed.host.stopDaemon()
        try bed.host.startDaemon(["--log-level", "info"])
        let dora = try Person("dora", at: bed.host)
        try dora.learnKey(of: bed.list)
        try bed.accept(
            try dora.mail(to: SubscriptionTests.request, subject: "subscribe"),
            from: dora
        )
        try bed.accept(try dora.reply(to: try dora.letter(), key: .pgpKeys), from: dora)
        #expect(
            try bed.send(bed.anne.post(to: bed.list, text: "x"), from: bed.anne).reply
                .hasPrefix("250")
        )
        try bed.host.waitUntilQuiet()
        // Postfix says whom it refuses, and that is not repeated.
        try bed.host.refuseCopies()
        #expect(
            try bed.send(bed.anne.post(to: bed.list, text: "y"), from: bed.anne).reply
                .hasPrefix("250")
        )
        try bed.host.wait("the refusal") { bed.host.daemonLog.contains("copies stay owed") }
        let log = bed.host.daemonLog
        let start = try #require(log.range(of: "listens", options: .backwards))
        for secret in ["people.test", try bed.anne.fingerprint(), "a subject that nobody", "dora"] {
            #expect(!log[start.lowerBound...].contains(secret), "\(secret)")
        }
        // The administrator sees whose copies they are.
        #expect(try bed.host.listseal(["queue", "show"]).output.contains("bela@people.test"))
    }

    private static func edited(_ message: [UInt8], _ old: String, _ new: String) -> [UInt8] {
        Array(String(decoding: message, as: UTF8.self).replacing(old, with: new).utf8)
    }
}

extension Host {
    /// Makes the way back refuse every recipient, as a Postfix does that somebody has set up
    /// wrongly.
    fileprivate func refuseCopies() throws {
        try Shell.run(
            "postconf",
            [
                "-c", config, "-P",
                "listseal-in/unix/smtpd_recipient_restrictions=reject",
                "listseal-in/unix/smtpd_relay_restrictions=reject",
            ]
        )
        try Shell.run("postfix", ["-c", config, "reload"])
        Thread.sleep(forTimeInterval: 1)
    }
}
