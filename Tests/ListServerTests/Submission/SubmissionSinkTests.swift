import Logging
import NIOCore
import NIOPosix
import SMTP
import Testing

@testable import ListServer

@Suite("Sessions with smtp-sink(1)", .serialized)
struct SubmissionSinkTests {
    private static let logger = Logger(label: "submission")

    private func connect(
        to socket: SocketPath,
        limits: SubmissionLimits = SubmissionLimits()
    ) async throws -> SubmissionSession {
        try await SubmissionSession.connect(to: socket, limits: limits, logger: Self.logger)
    }

    private func kinds(_ results: [(id: Int64, outcome: SubmissionOutcome)]) -> [String] {
        results.map { result in
            switch result.outcome {
            case .accepted: "accepted"
            case .recipientRefused(let reply): "recipient \(reply.code)"
            case .messageRefused(let reply): "message \(reply.code)"
            case .notSent: "not sent"
            case .unknown: "unknown"
            }
        }
    }

    @Test("a refusal is about the recipient only if it is the reply to RCPT")
    func refusals() async throws {
        // -f is final and turns PIPELINING off, -r is not final.
        for (option, command, expected) in [
            ("-f", "MAIL", "message 500"), ("-r", "MAIL", "message 450"),
            ("-f", "RCPT", "recipient 500"), ("-r", "RCPT", "recipient 450"),
            ("-f", "DATA", "message 500"), ("-r", "DATA", "message 450"),
            ("-f", ".", "message 500"), ("-r", ".", "message 450"),
        ] {
            try await SinkServer.run(option, command) { sink in
                let session = try await connect(to: sink.socket)
                for _ in 1...2 {
                    let results = await session.send(SubmissionMessage.samples(0..<5))
                    #expect(results.map(\.id) == [0, 1, 2, 3, 4])
                    #expect(
                        kinds(results) == Array(repeating: expected, count: 5),
                        "\(option) \(command)"
                    )
                }
                #expect(await session.isUsable)
                await session.quit()
                #expect(await !session.isUsable)
            }
        }
    }

    @Test("a session that cannot begin is an error")
    func noSession() async throws {
        for option in ["CONNECT", "EHLO"] {
            try await SinkServer.run("-f", option) { sink in
                await #expect(throws: SubmissionError.self) {
                    _ = try await connect(to: sink.socket)
                }
            }
            try await SinkServer.run("-q", option) { sink in
                await #expect(throws: SubmissionError.ended) {
                    _ = try await connect(to: sink.socket)
                }
            }
        }
    }

    @Test("a server that breaks off without a word leaves at most one message unknown")
    func breakingOff() async throws {
        for (command, expected) in [
            ("MAIL", "not sent"), ("RCPT", "not sent"), ("DATA", "not sent"), (".", "unknown"),
        ] {
            try await SinkServer.run("-q", command) { sink in
                let session = try await connect(to: sink.socket)
                let results = await session.send(SubmissionMessage.samples(0..<4))
                #expect(kinds(results) == [expected] + Array(repeating: "not sent", count: 3))
                #expect(await !session.isUsable)
            }
        }
    }

    @Test("421 refuses the message that it answers, and no other is sent")
    func serviceNotAvailable() async throws {
        for command in ["MAIL", "RCPT", "DATA", "."] {
            try await SinkServer.run("-Q", command) { sink in
                let session = try await connect(to: sink.socket)
                let results = await session.send(SubmissionMessage.samples(0..<3))
                #expect(kinds(results) == ["message 421", "not sent", "not sent"], "\(command)")
                #expect(await !session.isUsable)
            }
        }
    }

    @Test(
        "a server without PIPELINING and without extensions takes the same messages",
        arguments: ["-p", "-e", "-N"]
    )
    func plainServer(_ option: String) async throws {
        try await SinkServer.run(option, "-D", "dump") { sink in
            let session = try await connect(to: sink.socket)
            let results = await session.send(SubmissionMessage.samples(0..<50))
            #expect(kinds(results) == Array(repeating: "accepted", count: 50))
            await session.quit()
            #expect(sink.recipients == (0..<50).map { "m\($0)@out.example" })
        }
    }

    @Test("what the server stores is what was given, dots and all")
    func content() async throws {
        try await SinkServer.run("-D", "dump") { sink in
            let session = try await connect(to: sink.socket)
            let recipient = try #require(EmailAddress("a@out.example"))
            let parts = ["Subject: x\r\n\r\n.", "\r\n..\r\na\r", "\n", ".b\r\nc.\r\n.\r\n"]
            let results = await session.send([.sample(1, to: recipient, parts: parts)])
            #expect(kinds(results) == ["accepted"])
            await session.quit()
            #expect(sink.dump.contains("Subject: x\n\n.\n..\na\n.b\nc.\n.\n"))
        }
    }

    @Test("a server that ends in the middle has taken what it accepted, and perhaps one more")
    func endInTheMiddle() async throws {
        try await SinkServer.run("-M", "57", "-D", "dump") { sink in
            let session = try await connect(to: sink.socket)
            let results = await session.send(SubmissionMessage.samples(0..<200))
            #expect(results.map(\.id) == Array(0..<200))
            let kinds = kinds(results)
            let accepted = kinds.count { $0 == "accepted" }
            #expect((56...57).contains(accepted))
            #expect(kinds.count { $0 == "unknown" } <= 1)
            #expect(Set(kinds).isSubset(of: ["accepted", "unknown", "not sent"]))
            // In the order of the batch: taken, perhaps one unknown, not sent.
            #expect(kinds == kinds.sorted { Self.order($0) < Self.order($1) })
            #expect(sink.recipients.count <= accepted + 1)
        }
    }

    private static func order(_ kind: String) -> Int {
        ["accepted", "unknown", "not sent"].firstIndex(of: kind) ?? 3
    }

    @Test("a server that is killed leaves every message accounted for once")
    func killed() async throws {
        try await SinkServer.run("-D", "dump") { sink in
            let outcomes = try await withThrowingTaskGroup(of: [(Int64, String)].self) { group in
                for worker in 0..<3 {
                    let session = try await connect(to: sink.socket)
                    group.addTask {
                        var all: [(Int64, String)] = []
                        for batch in 0..<Int64(400) {
                            let start = Int64(worker) * 1_000_000 + batch * 10
                            let results = await session.send(
                                SubmissionMessage.samples(start..<start + 10)
                            )
                            all += zip(results.map(\.id), kinds(results))
                            if worker == 0, batch == 5 { sink.kill() }
                        }
                        return all
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(outcomes.count == 12_000)
            #expect(Set(outcomes.map(\.0)).count == 12_000)
            #expect(Set(outcomes.map(\.1)).isSubset(of: ["accepted", "unknown", "not sent"]))
            #expect(outcomes.count { $0.1 == "unknown" } <= 3)
            #expect(outcomes.count { $0.1 == "not sent" } > 0)
            // Whoever was told 250 is in the dump: nothing is lost.
            let taken = Set(sink.recipients)
            let accepted = outcomes.filter { $0.1 == "accepted" }.map { "m\($0.0)@out.example" }
            #expect(accepted.count >= 60)
            #expect(accepted.allSatisfy(taken.contains))
        }
    }

    @Test("a server that came back is found again by the same session")
    func restarted() async throws {
        try await RunningGate.withDirectory { directory in
            let socket = SocketPath.unix(path: directory + "/server")
            let first = try await ScriptedPeer.listen(
                on: socket,
                ["220 a", "250 a"] + ScriptedPeer.taken
            )
            let session = try await connect(to: socket)
            #expect(kinds(await session.send(SubmissionMessage.samples(0..<1))) == ["accepted"])
            // It closes after its last line; another one takes its place.
            try await first.close()
            _ = try await ScriptedPeer.listen(on: socket, ["220 b", "250 b"] + ScriptedPeer.taken)
            #expect(kinds(await session.send(SubmissionMessage.samples(1..<2))) == ["accepted"])
            await session.quit()
        }
    }

    @Test(
        "a server that does not speak SMTP ends the session, and nothing is believed",
        arguments: [
            ["220 a", "250 a", "250 ok", "250 ok", "354 go", "hello"],
            ["220 a", "250 a", "250 ok", "250 ok", "354 go", String(repeating: "2", count: 5000)],
            ["220 a", "250 a", "250 ok", "250 ok", "354 go", "354 go"],
            ["220 a", "250 a", "250 ok", "250 ok", "354 go", ""],
        ]
    )
    func nonsense(_ lines: [String]) async throws {
        try await RunningGate.withDirectory { directory in
            let socket = SocketPath.unix(path: directory + "/server")
            let server = try await ScriptedPeer.listen(on: socket, lines)
            let session = try await connect(to: socket)
            let results = await session.send(SubmissionMessage.samples(0..<2))
            #expect(kinds(results) == ["unknown", "not sent"])
            #expect(await !session.isUsable)
            try await server.close()
        }
    }

    @Test("a server that says nothing is waited for only so long")
    func silence() async throws {
        var limits = SubmissionLimits()
        limits.replyTimeout = .milliseconds(200)
        limits.finalTimeout = .milliseconds(200)
        limits.quitTimeout = .milliseconds(200)
        try await RunningGate.withDirectory { directory in
            let greeting = SocketPath.unix(path: directory + "/greeting")
            let one = try await ScriptedPeer.listen(on: greeting, [], keepsOpen: true)
            await #expect(throws: SubmissionError.ended) {
                _ = try await connect(to: greeting, limits: limits)
            }
            for (lines, expected) in [
                (["220 a", "250 a", "250 a"], "not sent"),
                (["220 a", "250 a", "250 a", "250 a", "354 a"], "unknown"),
            ] {
                let socket = SocketPath.unix(path: directory + "/\(lines.count)")
                let server = try await ScriptedPeer.listen(on: socket, lines, keepsOpen: true)
                let session = try await connect(to: socket, limits: limits)
                let results = await session.send(SubmissionMessage.samples(0..<1))
                #expect(kinds(results) == [expected])
                try await server.close()
            }
            let last = SocketPath.unix(path: directory + "/quit")
            let other = try await ScriptedPeer.listen(
                on: last,
                ["220 a", "250 a"],
                keepsOpen: true
            )
            let session = try await connect(to: last, limits: limits)
            await session.quit()
            #expect(await !session.isUsable)
            try await other.close()
            try await one.close()
        }
    }

    @Test("a task that is cancelled does not wait for a server that hangs")
    func cancellation() async throws {
        try await RunningGate.withDirectory { directory in
            let socket = SocketPath.unix(path: directory + "/server")
            let lines = ["220 a", "250 a", "250 a", "250 a", "354 a"]
            let server = try await ScriptedPeer.listen(on: socket, lines, keepsOpen: true)
            let session = try await connect(to: socket)
            let task = Task { await session.send(SubmissionMessage.samples(0..<2)) }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            let kinds = kinds(await task.value)
            #expect(kinds == ["unknown", "not sent"] || kinds == ["not sent", "not sent"])
            try await server.close()
        }
    }
}
