import TestSupport
import Testing

/// Tests each status at each stage, as the MTA gets it.
@Suite("Milter statuses")
struct StatusTests {
    static let statuses: [(String, MTAAnswer)] = [
        ("continue", .continue),
        ("accept", .accept),
        ("discard", .discard),
        ("reject", .reject),
        ("tempfail", .temporaryFailure),
        ("skip", .continue),
        ("single", .reply("550 5.7.1 not here")),
        ("later", .reply("451 4.3.0 not now")),
    ]

    enum Stage: String, CaseIterable {
        case connect, mail, recipient, data, header, endOfHeaders, body, endOfMessage
    }

    @Test(
        "The MTA gets a status at its stage, or at the next stage with a reply",
        arguments: Stage.allCases,
        statuses
    )
    func status(stage: Stage, status: (name: String, answer: MTAAnswer)) async throws {
        let (client, _) = try await MilterHost.client(stage == .connect ? status.name : "client")
        try client.mail("<a@example.org>", "AT=\(stage.rawValue)", "DO=\(status.name)")
        let atRecipient = try client.recipient("<list@example.org>")
        switch stage {
        case .connect, .mail, .recipient:
            #expect(atRecipient == status.answer)
        case .data:
            #expect(atRecipient == .continue)
            #expect(try client.data() == status.answer)
        case .header, .endOfHeaders, .body, .endOfMessage:
            #expect(atRecipient == .continue)
            #expect(try client.message() == status.answer)
        }
        try client.quit()
    }

    @Test("Each recipient gets the stored status, and the session is not asked again")
    func keptAnswer() async throws {
        let (client, name) = try await MilterHost.client()
        try client.mail("<a@example.org>", "AT=mail", "DO=single")
        #expect(try client.recipient("<one@example.org>") == .reply("550 5.7.1 not here"))
        #expect(try client.recipient("<two@example.org>") == .reply("550 5.7.1 not here"))
        try client.quit()
        let events = try await MilterHost.journal.events(of: name) { $0.contains(.closed) }
        #expect(!events.contains { if case .recipient = $0 { true } else { false } })
    }

    @Test("The next message does not get a stored status")
    func keptAnswerEnds() async throws {
        let (client, _) = try await MilterHost.client()
        try client.mail("<a@example.org>", "AT=header", "DO=single")
        try client.recipient("<list@example.org>")
        #expect(try client.message() == .reply("550 5.7.1 not here"))
        try client.mail("<a@example.org>")
        #expect(try client.recipient("<list@example.org>") == .continue)
        #expect(try client.message() == .continue)
    }

    @Test("A status for the connection applies to each of its messages")
    func standingAnswer() async throws {
        let (client, _) = try await MilterHost.client("later")
        for _ in 1...2 {
            try client.mail("<a@example.org>")
            #expect(try client.recipient("<list@example.org>") == .reply("451 4.3.0 not now"))
        }
    }

    @Test("A refused recipient leaves the others in the message")
    func oneRecipient() async throws {
        let (client, _) = try await MilterHost.client()
        try client.mail("<a@example.org>", "AT=recipient", "DO=reject")
        #expect(try client.recipient("<one@example.org>") == .reject)
        #expect(try client.recipient("<two@example.org>") == .reject)
        #expect(try client.message() == .continue)
    }

    @Test("After skip the session gets no more of this body, but the whole next body")
    func skip() async throws {
        let (client, name) = try await MilterHost.client()
        for order in ["skip", "continue"] {
            try client.mail("<a@example.org>", "AT=body", "DO=\(order)")
            try client.recipient("<list@example.org>")
            try client.data()
            try client.endOfHeaders()
            for size in [10, 20, 65_535] { try client.body(Array(repeating: 0x41, count: size)) }
            #expect(try client.endOfMessage() == .continue)
        }
        try client.quit()
        let events = try await MilterHost.journal.events(of: name) { $0.contains(.closed) }
        let sizes = events.compactMap { if case .body(let size) = $0 { size } else { nil } }
        #expect(sizes == [10, 10, 20, 65_535])
    }
}
