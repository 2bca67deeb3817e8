import Foundation
import Testing

@testable import PostfixSetup

/// Tests a real Postfix that runs with the configuration of set-up.
@Suite("Running Postfix", .serialized)
struct LiveTests {
    static let plaintext = "the meeting is at noon behind the mill"

    @Test(
        "List mail waits while the daemon is down, and ordinary mail flows",
        arguments: ["y", "n"]
    )
    func waiting(chroot: String) throws {
        let postfix = try PrivatePostfix.live(
            main: "recipient_delimiter = +\n",
            chroot: chroot
        )
        try FileManager.default.createDirectory(
            atPath: postfix.root + "/mail/anne",
            withIntermediateDirectories: true
        )
        try FileManager.default.setAttributes(
            [.ownerAccountName: "nobody", .posixPermissions: 0o700],
            ofItemAtPath: postfix.root + "/mail/anne"
        )
        try postfix.attach("club@lists.example", "news@mailbox.example")
        try postfix.start()

        for list in [
            "club@lists.example", "CLUB-Owner@lists.example", "club-bounces+abc@lists.example",
            "postmaster@lists.example", "news@mailbox.example",
        ] {
            let result = try postfix.swaks(to: list, "--body", Self.plaintext)
            #expect(result.status == 0, "\(list): \(result.output)")
        }
        for stranger in ["nobody@lists.example", "clubs@lists.example", "bart@mailbox.example"] {
            let result = try postfix.swaks(to: stranger)
            #expect(result.output.contains("550 5.1.1"), "\(stranger): \(result.output)")
        }
        // Remote clients cannot send to the gate.
        let gate = try postfix.swaks(to: "club=lists.example@listseal.invalid")
        #expect(gate.output.contains("554 5.7.1"), "\(gate.output)")
        // With both recipients, each one goes its own way.
        #expect(try postfix.swaks(to: "anne@mailbox.example,club@lists.example").status == 0)

        #expect(try postfix.wait { postfix.mailbox.count == 1 })
        #expect(
            try postfix.wait {
                try postfix.queued.count { $0.contains("\"queue_name\": \"deferred\"") } == 6
            },
            "\(postfix.mailLog)"
        )
        let queued = try postfix.queued
        #expect(queued.allSatisfy { $0.contains("@listseal.invalid") }, "\(queued)")
        #expect(queued.contains { $0.contains("club-bounces=lists.example+abc@listseal.invalid") })
        #expect(postfix.mailLog.contains("status=deferred (connect to"))
        #expect(!postfix.mailLog.contains("status=bounced"))
        #expect(!postfix.contains(Self.plaintext, below: postfix.root + "/mail"))
        // Waiting list mail would bounce after a removal.
        #expect(throws: PostfixSetupError.mailWaiting(count: 6)) { try postfix.setup.remove() }
        try postfix.setup.remove(isForced: true)
        #expect(try postfix.swaks(to: "club@lists.example").output.contains("554 5.7.1"))
    }

    @Test("The way back accepts a copy, which passes the site's milters")
    func wayBack() throws {
        let postfix = try PrivatePostfix.live(
            main: """
                smtpd_milters = { inet:127.0.0.1:1, connect_timeout = 2s, default_action = accept }
                non_smtpd_milters = $smtpd_milters
                smtpd_recipient_restrictions = reject
                smtpd_helo_restrictions = reject
                smtpd_tls_security_level = encrypt

                """
        )
        try postfix.attach("club@lists.example")
        try postfix.start()
        let installation = try #require(try postfix.installation)
        let probes = try postfix.setup.probe(installation)
        let wayBack = try #require(probes.first { $0.door == .wayBack })
        #expect(wayBack.isWorking, "\(wayBack.answer) \(postfix.mailLog)")
        #expect(probes.filter { $0.door != .wayBack }.allSatisfy { !$0.isWorking })
        // The site's milter was asked, in the form without blanks.
        #expect(postfix.mailLog.contains("connect to Milter service inet:127.0.0.1:1"))
        #expect(!postfix.mailLog.contains("milter.sock"))
        #expect(!postfix.mailLog.contains("fatal"))
    }

    @Test("A Postfix that runs is reloaded, and works as attached")
    func reload() throws {
        let postfix = try PrivatePostfix.live()
        try postfix.start()
        #expect(try postfix.swaks(to: "club@lists.example").output.contains("554 5.7.1"))
        let setup = try postfix.setup
        let plan = try setup.plan(addresses: .of(["club@lists.example"]))
        #expect(try setup.apply(plan) == .reloaded)
        #expect(try postfix.swaks(to: "club@lists.example").status == 0)
        // Without recipient_delimiter=+ the address with a token needs its own table.
        #expect(try postfix.swaks(to: "club-confirm+abc@lists.example").status == 0)
        #expect(try postfix.swaks(to: "club+abc@lists.example").output.contains("550 5.1.1"))
        #expect(
            try setup.apply(setup.plan(addresses: .of(["club@lists.example"]))) == .notNeeded
        )
        let kinds = try postfix.check("club@lists.example").map(\.kind)
        #expect(kinds == [.recipientDelimiter, .socket, .socket, .groupMembership])
    }

    @Test("With the delimiter '-' a bounce does not become a post")
    func hyphen() throws {
        let postfix = try PrivatePostfix.live(main: "recipient_delimiter = -\n")
        try postfix.attach("club@lists.example")
        try postfix.start()
        #expect(try postfix.swaks(to: "club-bounces+abc@lists.example").status == 0)
        #expect(
            try postfix.wait {
                try postfix.queued
                    .contains { $0.contains("club-bounces=lists.example+abc@listseal.invalid") }
            },
            "\(postfix.mailLog)"
        )
    }

    @Test("Postfix knows a later list without a reload")
    func laterList() throws {
        let postfix = try PrivatePostfix.live(main: "recipient_delimiter = +\n")
        try postfix.attach("club@lists.example")
        try postfix.start()
        #expect(try postfix.swaks(to: "choir@lists.example").output.contains("550 5.1.1"))
        let installation = try #require(try postfix.installation)
        let needsReload = try AddressMap.write(
            addresses: .of(["club@lists.example", "choir@lists.example"]),
            installation: installation
        )
        #expect(!needsReload)
        #expect(
            try postfix.wait { try postfix.swaks(to: "choir@lists.example").status == 0 }
        )
    }

    @Test("With a content filter list mail still reaches the gate")
    func submission() throws {
        let postfix = try PrivatePostfix.live(
            main: "recipient_delimiter = +\n",
            smtpd: " -o smtpd_milters="
        )
        try postfix.attach("club@lists.example")
        try postfix.start()
        #expect(try postfix.swaks(to: "club@lists.example").status == 0)
        #expect(try postfix.wait { try postfix.queued.contains { $0.contains("deferred") } })
        #expect(
            try postfix.check("club@lists.example").contains { $0.kind == .serviceOverrides }
        )
    }
}
