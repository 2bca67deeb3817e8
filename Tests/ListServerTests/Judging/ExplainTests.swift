import Foundation
import MailingList
import SMTP
import TestSupport
import Testing

@testable import ListServer

@Suite("Explanations")
struct ExplainTests {
    @Test("explain replies what the door replies, for every fixture")
    func fixtures() throws {
        let bench = try ActionBench()
        for fixture in try PostFixture.all() {
            let message = try bench.message(fixture)
            let seen = fixture.value("seen") == "yes"
            // The door first: it stores the claims of a message that was seen before.
            let result = try bench.process(message, fixture.settings, seen: seen)
            let explanation = try bench.explain(message)
            let reply = result.reply ?? SMTPReply(250, EnhancedStatusCode(2, 0, 0), "Ok")
            #expect(explanation.reply.code == reply.code, "\(fixture.name): \(explanation)")
            #expect(explanation.reply.enhanced == reply.enhanced?.description, "\(fixture.name)")
            #expect(
                explanation.reply.text == reply.lines.joined(separator: " "),
                "\(fixture.name)"
            )
            #expect(explanation.refusal == result.refusal?.rawValue || result.refusal == nil)
            #expect(explanation.verdict == fixture.expected.explained, "\(fixture.name)")
        }
    }

    @Test("explain replies that a paused list makes the peer come again")
    func paused() throws {
        let bench = try ActionBench()
        let message = try bench.message(try fixture("good"))
        let result = try bench.process(message, ["paused": "true"])
        let explanation = try bench.explain(message)
        #expect(result.code == 451 && explanation.reply.code == 451)
        #expect(explanation.verdict == "postpone")
        #expect(explanation.detail.contains("paused"))
    }

    @Test("explain replies that a full disk makes the peer come again")
    func full() throws {
        let bench = try ActionBench()
        let message = try bench.message(try fixture("good"))
        #expect(try bench.explain(message, freeOctets: -4).reply.code == 452)
        #expect(try bench.explain(message).reply.code == 250)
    }

    @Test("explain recognizes an unsigned post that was accepted before")
    func repeatedUnsigned() throws {
        let bench = try ActionBench()
        let settings = ["unsigned_msg_action": "accept"]
        let message = try bench.message(try fixture("unsigned"))
        #expect(try bench.process(message, settings, isKept: true).code == 250)
        let explanation = try bench.explain(message)
        #expect(explanation.reply.code == 550)
        #expect(explanation.refusal == Refusal.replay.rawValue)
        #expect(try bench.process(message, settings).code == 550)
    }

    @Test("explain passes over the first line of an mbox file")
    func mbox() throws {
        let bench = try ActionBench()
        let message = try bench.message(try fixture("good"))
        let line = Array("From alice@people.test Tue Dec  1 00:00:00 2026\n".utf8)
        let explanation = try bench.explain(line + message)
        #expect(explanation.reply.code == 250)
        #expect(explanation.fault == nil)
    }

    private func fixture(_ name: String) throws -> PostFixture {
        try #require(try PostFixture.all().first { $0.name == name }, "no fixture \(name)")
    }
}

extension PostFixture.Outcome {
    /// The verdict that `explain` prints.
    fileprivate var explained: String {
        switch self {
        case .postpone: "postpone"
        case .accept, .others, .clear, .hold, .discard, .reject: verdict
        }
    }
}
