import NIOCore
import SMTP
import Testing

@testable import Submission

@Suite("Submission state machine")
struct SubmissionStateMachineTests {
    /// The replies of a server, and the expected outcomes of two messages.
    struct Dialogue: Sendable, CustomTestStringConvertible {
        let title: String
        /// The replies in order; nil is the end of the connection.
        let replies: [Int?]
        let outcomes: [String]
        var isReused = false
        var testDescription: String { title }
    }

    private static let dialogues: [Dialogue] = [
        Dialogue(
            title: "both are accepted",
            replies: [250, 250, 354, 250, 250, 250, 354, 250],
            outcomes: ["accepted 250", "accepted 250"]
        ),
        Dialogue(
            title: "503 to DATA behind a refused recipient is no news",
            replies: [250, 550, 503, 250, 250, 250, 354, 250],
            outcomes: ["recipient 550", "accepted 250"]
        ),
        Dialogue(
            title: "354 to DATA behind a refused recipient needs a dot of its own",
            replies: [250, 450, 354, 554, 250, 250, 354, 250],
            outcomes: ["recipient 450", "accepted 250"]
        ),
        Dialogue(
            title: "503 to RCPT behind a refused MAIL is no news",
            replies: [451, 503, 503, 250, 250, 250, 354, 250],
            outcomes: ["message 451", "accepted 250"]
        ),
        Dialogue(
            title: "354 behind a refused MAIL gets no message",
            replies: [451, 503, 354, 554, 250, 250, 354, 250],
            outcomes: ["message 451", "accepted 250"]
        ),
        Dialogue(
            title: "DATA is refused",
            replies: [250, 250, 451, 250, 250, 250, 354, 552],
            outcomes: ["message 451", "message 552 at the dot"]
        ),
        Dialogue(
            title: "the end behind the dot leaves one unknown",
            replies: [250, 250, 354, nil],
            outcomes: ["unknown", "not sent"]
        ),
        Dialogue(
            title: "the end after 354 for the second leaves that one unknown",
            replies: [250, 250, 354, 250, 250, 250, 354, nil],
            outcomes: ["accepted 250", "unknown"]
        ),
        Dialogue(
            title: "the end before 354 interrupts the first, and the second is not sent",
            replies: [250, 250, nil],
            outcomes: ["interrupted at DATA", "not sent"]
        ),
        Dialogue(
            title: "421 to the final dot refuses that message",
            replies: [250, 250, 354, 421],
            outcomes: ["message 421 at the dot", "not sent"]
        ),
        Dialogue(
            title: "421 in the middle refuses the message that it answers",
            replies: [250, 250, 354, 250, 421],
            outcomes: ["accepted 250", "message 421"]
        ),
        Dialogue(
            title: "421 behind a refused recipient changes nothing for that one",
            replies: [250, 550, 421],
            outcomes: ["recipient 550", "not sent"]
        ),
        Dialogue(
            title: "421 on a connection that was idle is about the connection",
            replies: [421],
            outcomes: ["not sent", "not sent"],
            isReused: true
        ),
        Dialogue(
            title: "421 to the first MAIL of a new connection counts",
            replies: [421],
            outcomes: ["message 421", "not sent"]
        ),
        Dialogue(
            title: "a reply that was sent twice is never counted for the next command",
            replies: [250, 250, 250, 354],
            outcomes: ["interrupted at DATA", "not sent"]
        ),
        Dialogue(
            title: "354 to anything but DATA ends the session",
            replies: [354, 250, 354],
            outcomes: ["interrupted at MAIL FROM", "not sent"]
        ),
        Dialogue(
            title: "354 to the final dot ends the session and proves nothing",
            replies: [250, 250, 354, 354],
            outcomes: ["unknown", "not sent"]
        ),
        Dialogue(
            title: "a used connection begins with RSET",
            replies: [250, 250, 250, 354, 250, 250, 250, 354, 250],
            outcomes: ["accepted 250", "accepted 250"],
            isReused: true
        ),
    ]

    @Test("Each message gets the outcome of its own replies", arguments: dialogues)
    func outcomes(_ dialogue: Dialogue) {
        for isPipelining in [true, false] {
            var extensions = SMTPExtensions()
            extensions.pipelining = isPipelining
            let server = ScriptedServer(isReused: dialogue.isReused, extensions: extensions)
            for reply in dialogue.replies { server.give(reply) }
            #expect(server.outcomes == dialogue.outcomes, "pipelining: \(isPipelining)")
            #expect(server.machine.isFinished)
        }
    }

    @Test("The commands of the next message follow the final dot of this one")
    func pipelining() {
        var extensions = SMTPExtensions()
        extensions.pipelining = true
        let server = ScriptedServer(isReused: false, extensions: extensions)
        #expect(server.writes == [["MAIL 1", "RCPT 1", "DATA"]])
        for reply in [250, 250, 354] { server.give(reply) }
        #expect(server.writes.last == ["content 0", "MAIL 2", "RCPT 2", "DATA"])
        for reply in [250, 250, 550, 554] { server.give(reply) }
        #expect(server.writes.count == 2)
        #expect(server.machine.isFinished)
    }

    @Test("A transaction that was left open is reset before the next one")
    func reset() {
        var extensions = SMTPExtensions()
        extensions.pipelining = true
        let server = ScriptedServer(isReused: false, extensions: extensions)
        for reply in [250, 550, 503] { server.give(reply) }
        #expect(server.writes.last == ["RSET", "MAIL 2", "RCPT 2", "DATA"])
    }

    @Test("Without PIPELINING each command waits for the previous reply")
    func lockStep() {
        let server = ScriptedServer(isReused: false, extensions: SMTPExtensions())
        for reply in [250, 250, 354, 250, 250] { server.give(reply) }
        #expect(
            server.writes
                == [["MAIL 1"], ["RCPT 1"], ["DATA"], ["content 0"], ["MAIL 2"], ["RCPT 2"]]
        )
    }

    @Test(
        "A session counts as stale only if a reused connection ends before a reply",
        arguments: [true, false]
    )
    func stale(_ isReused: Bool) {
        let server = ScriptedServer(isReused: isReused, extensions: SMTPExtensions())
        server.give(nil)
        #expect(server.machine.wasStale == isReused)
        let other = ScriptedServer(isReused: isReused, extensions: SMTPExtensions())
        other.give(250)
        other.give(nil)
        #expect(!other.machine.wasStale)
    }

    @Test("Without SMTPUTF8 an address that is not ASCII is refused here, and the rest goes on")
    func international() throws {
        let recipient = try #require(EmailAddress("t\u{e4}st@out.example"))
        let list = try #require(EmailAddress("t\u{e4}st@lists.example"))
        let ascii = try #require(EmailAddress("a@out.example"))
        var machine = SubmissionStateMachine(
            messages: [
                .sample(1, to: recipient),
                .sample(2, from: .address(list), to: ascii),
                .sample(3, to: ascii),
            ],
            extensions: SMTPExtensions(),
            isReused: false
        )
        _ = machine.start()
        for code in [250, 250, 354, 250] { _ = machine.receive(SMTPReply(code, nil, "x")) }
        #expect(
            machine.results.map { ScriptedServer.text($0.outcome) }
                == ["recipient 553", "message 553", "accepted 250"]
        )
        #expect(machine.isFinished)
    }
}

/// A server that sends given replies, and keeps the octets that it receives.
private final class ScriptedServer {
    var machine: SubmissionStateMachine
    var writes: [[String]] = []

    init(isReused: Bool, extensions: SMTPExtensions) {
        let messages = [1, 2].compactMap { id in
            EmailAddress("m\(id)@out.example").map {
                SubmissionMessage.sample(id, from: .address($0), to: $0)
            }
        }
        machine = SubmissionStateMachine(
            messages: messages,
            extensions: extensions,
            isReused: isReused
        )
        note(machine.start())
    }

    var outcomes: [String] { machine.results.map { Self.text($0.outcome) } }

    func give(_ code: Int?) {
        if let code {
            note(machine.receive(SMTPReply(code, nil, "x")))
        } else {
            machine.connectionEnded()
        }
    }

    private func note(_ actions: [SubmissionStateMachine.Action]) {
        guard !actions.isEmpty else { return }
        writes.append(
            actions.map { action in
                switch action {
                case .command(let line):
                    line.hasPrefix("MAIL") || line.hasPrefix("RCPT")
                        ? "\(line.prefix(4)) \(line.filter(\.isNumber))" : line
                case .content(let index): "content \(index)"
                case .emptyContent: "dot"
                case .close: "close"
                }
            }
        )
    }

    static func text(_ outcome: SubmissionOutcome) -> String {
        switch outcome {
        case .accepted(let reply): "accepted \(reply.code)"
        case .refused(let reply, .recipient): "recipient \(reply.code)"
        case .refused(let reply, .mail), .refused(let reply, .data): "message \(reply.code)"
        case .refused(let reply, .dot): "message \(reply.code) at the dot"
        case .interrupted(let phase): "interrupted at \(phase.rawValue)"
        case .notSent: "not sent"
        case .unknown: "unknown"
        }
    }
}
