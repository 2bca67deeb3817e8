import Milter
import TestSupport
import Testing

/// Tests the events of a message, and the actions at its end.
@Suite("Milter messages")
struct MessageTests {
    @Test(
        "Header values arrive unchanged",
        arguments: [
            " hello", "hello", "", "\thello  ", " one\n two", " one\n \t\n two", " Gr\u{fc}\u{df}e",
            " \u{1b}%s",
        ]
    )
    func headers(value: String) async throws {
        let (client, name) = try await MilterHost.client()
        try client.mail("<a@example.org>")
        try client.recipient("<list@example.org>")
        #expect(try client.message(headers: [("X-Odd", value)]) == .continue)
        let events = MilterHost.journal.events(of: name)
        #expect(events.contains(.header(Array("X-Odd".utf8), Array(value.utf8))))
    }

    @Test("A session gets the events of a message in order, with their parameters")
    func order() async throws {
        let (client, name) = try await MilterHost.client()
        client.macros = ["i": "4XYZ", "{rcpt_addr}": "list@example.org"]
        let queued = MilterMacros([.queueID: "4XYZ"])
        try client.mail("<a@example.org>", "SIZE=12", "BODY=8BITMIME")
        try client.recipient("<LIST@Example.org>", "NOTIFY=NEVER")
        #expect(try client.message() == .continue)
        #expect(
            MilterHost.journal.events(of: name) == [
                .connected(MilterPeer(hostName: name, address: "192.0.2.7", port: 40_000)),
                .mail("<a@example.org>", ["SIZE=12", "BODY=8BITMIME"], queued),
                .recipient(
                    "<LIST@Example.org>",
                    ["NOTIFY=NEVER"],
                    MilterMacros([.queueID: "4XYZ", .recipientAddress: "list@example.org"])
                ),
                .data(queued),
                .header(Array("Subject".utf8), Array(" hello".utf8)),
                .endOfHeaders,
                .body(8),
                .endOfMessage(queueID: "4XYZ", queued),
            ]
        )
    }

    @Test("The login name and the service stay known to the end, the last recipient does not")
    func macros() async throws {
        let name = MilterHost.uniqueName("client")
        let client = try MTAClient(path: await MilterHost.path)
        try client.negotiate()
        client.macros = ["{daemon_name}": "ORIGINATING", "{daemon_addr}": "192.0.2.1"]
        try client.connect(name, family: "4", port: 40_000, address: "192.0.2.7")
        client.macros = [
            "i": "4ABC", "{auth_authen}": "alice", "{mail_addr}": "a@example.org",
            "{rcpt_addr}": "list@example.org", "{rcpt_mailer}": "error",
        ]
        try client.mail("<a@example.org>")
        client.macros["{auth_authen}"] = nil
        try client.recipient("<list@example.org>")
        #expect(try client.message() == .continue)
        let expected = MilterMacros([
            .queueID: "4ABC", .authenticatedName: "alice", .mailAddress: "a@example.org",
            .daemonName: "ORIGINATING",
        ])
        #expect(
            MilterHost.journal.events(of: name).last
                == .endOfMessage(queueID: "4ABC", expected)
        )
    }

    @Test("A recipient is deleted by its original argument without the source route")
    func deleteRecipient() async throws {
        let (client, _) = try await MilterHost.client()
        try client.mail("<a@example.org>", "DELETE=1")
        for recipient in [
            "<List@LISTS.example>", "bare@example.org", "<@relay.example,@b:list@example.org>",
            "<\"li\\st\"@example.org>", "<a:b@example.org>",
        ] {
            #expect(try client.recipient(recipient) == .continue)
        }
        #expect(try client.message() == .continue)
        #expect(
            client.deletedRecipients == [
                "<List@LISTS.example>", "bare@example.org", "<list@example.org>",
                "<\"li\\st\"@example.org>", "<a:b@example.org>",
            ]
        )
    }

    @Test("Progress reaches the MTA")
    func progress() async throws {
        let (client, name) = try await MilterHost.client()
        try client.mail("<a@example.org>", "PROGRESS=3", "AT=endOfMessage", "DO=discard")
        try client.recipient("<list@example.org>")
        #expect(try client.message() == .discard)
        #expect(client.progressCount == 3)
        #expect(MilterHost.journal.events(of: name).filter { $0 == .progress(true) }.count == 3)
    }

    @Test("Progress fails at the first call after the MTA has gone")
    func vanished() async throws {
        let (client, name) = try await MilterHost.client()
        try client.mail("<a@example.org>", "GATE=\(name)", "PROGRESS=1")
        try client.recipient("<list@example.org>")
        try client.data()
        try client.sendContent()
        _ = try await MilterHost.journal.events(of: name) {
            $0.contains(.endOfMessage(queueID: nil, MilterMacros()))
        }
        client.vanish()
        MilterHost.journal.open(name)
        let events = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
        #expect(events.suffix(3) == [.progress(false), .closed, .freed])
    }
}
