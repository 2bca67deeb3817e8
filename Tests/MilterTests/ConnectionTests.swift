import Foundation
import Milter
import NIOConcurrencyHelpers
import SMTP
import TestSupport
import Testing

/// Tests sessions, one after the other and many at the same time.
@Suite("Milter connections")
struct ConnectionTests {
    @Test("A session handles messages one after the other, and is freed once at the end")
    func severalMessages() async throws {
        let (client, name) = try await MilterHost.client()
        for number in 1...3 {
            try client.mail("<a\(number)@example.org>")
            try client.recipient("<list@example.org>")
            #expect(try client.message() == .continue)
        }
        try client.quit()
        let events = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
        #expect(events.filter { if case .connected = $0 { true } else { false } }.count == 1)
        #expect(events.filter { if case .endOfMessage = $0 { true } else { false } }.count == 3)
        #expect(events.suffix(2) == [.closed, .freed])
        #expect(events.filter { $0 == .closed || $0 == .freed }.count == 2)
        #expect(!events.contains(.aborted))
    }

    @Test("An abort ends a message, and the next message is complete")
    func abort() async throws {
        let (client, name) = try await MilterHost.client()
        try client.mail("<a@example.org>", "AT=data", "DO=reject")
        try client.recipient("<list@example.org>")
        try client.abort()
        try client.mail("<a@example.org>")
        try client.recipient("<list@example.org>")
        #expect(try client.message() == .continue)
        try client.quit()
        let events = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
        #expect(events.filter { $0 == .aborted }.count == 1)
    }

    @Test("A disconnect within a message aborts the message and closes the session")
    func hangUp() async throws {
        let (client, name) = try await MilterHost.client()
        try client.mail("<a@example.org>")
        try client.recipient("<list@example.org>")
        client.vanish()
        let events = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
        #expect(events.suffix(3) == [.aborted, .closed, .freed])
    }

    @Test("Fifty sessions handle the end of a message at the same time")
    func parallel() async throws {
        let gate = MilterHost.uniqueName("gate")
        // libmilter can give two sessions that become ready together to one idle thread. The
        // second then waits until another thread is free or another session begins. In this
        // test no thread becomes free; with Postfix, sessions begin all the time.
        let (path, isOver) = (await MilterHost.path, NIOLockedValueBox(false))
        Thread.detachNewThread {
            while !isOver.withLockedValue({ $0 }) {
                _ = try? MTAClient(path: path)
                Thread.sleep(forTimeInterval: 1)
            }
        }
        defer { isOver.withLockedValue { $0 = true } }
        var clients: [(client: MTAClient, name: String)] = []
        for number in 1...50 {
            let (client, name) = try await MilterHost.client()
            clients.append((client, name))
            try client.mail(
                "<a\(number)@example.org>",
                "GATE=\(gate)",
                "AT=endOfMessage",
                "DO=discard"
            )
            try client.recipient("<list\(number)@example.org>")
            try client.data()
            try client.sendContent(
                headers: [("Subject", " \(number)")],
                body: Array(repeating: 0x41, count: 40_000)
            )
        }
        // The gate opens only after all sessions wait at it.
        for (_, name) in clients {
            _ = try await MilterHost.journal.events(of: name) {
                $0.contains(.endOfMessage(queueID: nil, MilterMacros()))
            }
        }
        MilterHost.journal.open(gate)
        for (client, _) in clients {
            #expect(try client.answer() == .discard)
            try client.quit()
        }
        for (number, (_, name)) in clients.enumerated() {
            let events = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
            #expect(events.contains(.header(Array("Subject".utf8), Array(" \(number + 1)".utf8))))
        }
    }

    @Test("A second milter in the process is refused")
    func second() async throws {
        _ = await MilterHost.path
        let service = MilterService(
            socket: "unix:\(MilterHost.temporaryPath())",
            logger: MilterHost.logger
        ) { ScriptedSession(journal: MilterHost.journal) }
        await #expect(throws: MilterError.alreadyRun) { try await service.run() }
    }
}
