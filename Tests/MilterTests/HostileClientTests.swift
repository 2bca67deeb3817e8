import Milter
import TestSupport
import Testing

/// What no MTA sends: the milter has to survive it, and its sessions to end.
@Suite("hostile clients")
struct HostileClientTests {
    @Test(
        "packets out of order, unknown, cut or oversized do no harm",
        arguments: [
            [("E", "")], [("M", "<a@example.org>\0")], [("R", "<a@example.org>\0")],
            [("R", "")], [("R", "no end")], [("M", "")], [("L", "Subject\0")], [("L", "\0\0")],
            [("B", "body")], [("T", "")], [("N", "")], [("?", "what")], [("D", "")],
            [("D", "M")], [("D", "Mi\0")], [("D", "Mi\0one\0{x}\0")], [("C", "host\0")],
            [("C", "host")], [("C", "host\u{0}4")], [("K", ""), ("M", "<a>\0"), ("R", "<a>\0")],
            [("M", "<a>\0"), ("M", "<b>\0"), ("E", ""), ("E", ""), ("A", ""), ("A", "")],
            [("A", ""), ("A", ""), ("K", ""), ("K", ""), ("Q", "")],
        ]
    )
    func packets(_ packets: [(String, String)]) async throws {
        let (client, name) = try await MilterHost.client()
        for (command, payload) in packets {
            // It may have hung up already.
            try? client.send(Character(command), Array(payload.utf8))
        }
        client.vanish()
        let events = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
        #expect(events.filter { $0 == .closed }.count == 1)
        let (other, _) = try await MilterHost.client()
        try other.mail("<a@example.org>")
        #expect(try other.recipient("<list@example.org>") == .continue)
    }

    @Test("a length that promises more than there is ends with the connection")
    func falseLength() async throws {
        let (client, name) = try await MilterHost.client()
        for octets: [UInt8] in [[0xff, 0xff, 0xff, 0xff, 0x4d], [0, 0, 0, 0]] {
            try? client.sendRaw(octets)
        }
        client.vanish()
        _ = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
    }

    @Test("a kept connection after QUIT has no session, so it gets temporary failures")
    func keptConnection() async throws {
        let (client, name) = try await MilterHost.client()
        try client.send("K", [])
        _ = try await MilterHost.journal.events(of: name) { $0.contains(.freed) }
        try client.connect(MilterHost.uniqueName("client"), family: "U")
        try client.mail("<a@example.org>")
        #expect(try client.recipient("<list@example.org>") == .temporaryFailure)
    }
}
