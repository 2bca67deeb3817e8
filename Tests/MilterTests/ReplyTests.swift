import SMTP
import TestSupport
import Testing

/// Tests replies of a session as libmilter writes them to the socket.
///
/// libmilter sends a percent sign twice, and the MTA removes one of them.
@Suite("Milter replies")
struct ReplyTests {
    static let table: [(String, MTAAnswer)] = [
        ("single", .reply("550 5.7.1 not here")),
        ("later", .reply("451 4.3.0 not now")),
        ("multi", .reply("550-5.7.1 one\r\n550-5.7.1 two\r\n550 5.7.1 three")),
        ("plain", .reply("554 5.0.0 no code")),
        ("percent", .reply("550 5.7.1 100%% of %%{rcpt_addr} and %%%%")),
        ("eightbit", .reply("550 5.7.1 Gr??e??250 ok")),
        ("long", .reply("550 5.7.1 " + String(repeating: "%", count: 800))),
        ("many", .reply(lines(32))),
        ("empty", .reply("550 5.7.1 ")),
        ("refused", .reject),
        ("refused-later", .temporaryFailure),
        ("success", .temporaryFailure),
        ("nonsense", .temporaryFailure),
    ]

    private static func lines(_ count: Int) -> String {
        (1...count).map { "550\($0 < count ? "-" : " ")5.7.1 line \($0)" }
            .joined(separator: "\r\n")
    }

    @Test(
        "A reply arrives complete, or as a refusal with the MTA's own text",
        arguments: table,
        ["recipient", "data", "endOfMessage"]
    )
    func reply(_ reply: (name: String, answer: MTAAnswer), stage: String) async throws {
        let (client, _) = try await MilterHost.client()
        try client.mail("<a@example.org>", "AT=\(stage)", "DO=\(reply.name)")
        let atRecipient = try client.recipient("<list@example.org>")
        #expect(
            try stage == "recipient"
                ? atRecipient == reply.answer
                : client.message() == reply.answer
        )
    }

    @Test("A text that libmilter refuses does not appear in the next reply")
    func noStaleText() async throws {
        let (client, _) = try await MilterHost.client()
        for (name, answer) in [
            ("later", MTAAnswer.reply("451 4.3.0 not now")), ("tempfail", .temporaryFailure),
            ("refused-later", .temporaryFailure), ("reject", .reject),
        ] {
            try client.mail("<a@example.org>", "AT=recipient", "DO=\(name)")
            #expect(try client.recipient("<list@example.org>") == answer)
        }
    }
}
