import Foundation
import LMTP
import Logging
import MIME
import MailingList
import Milter
import SMTP
import TestSupport
import Testing

@testable import ListServer

/// Both doors around an ``OpenerBench``, whose engine counts its starts.
struct DoorBench {
    /// What somebody outside and the administrator see of one mail, and what it cost.
    struct Seen: Hashable {
        /// The reply of the door, without its reference.
        let reply: String
        /// The outcome and the refusal in the log.
        let logged: String
        /// How often gpg was started before the reply.
        let engineStarts: Int
    }

    /// By which door a mail comes.
    enum Entrance: String, CaseIterable {
        case milter
        case gate
    }

    let bench: OpenerBench
    private let judging: JudgeBench
    private let starts: String
    private let answers: ReplyTiming
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// - Parameters:
    ///   - bench: The list and its people.
    ///   - answers: When the doors reply; at once if nil.
    ///   - slots: How many messages are open at once.
    /// - Throws: what the file system throws.
    init(
        _ bench: OpenerBench,
        answers: ReplyTiming? = nil,
        slots: OpeningSlots = OpeningSlots(count: 4)
    ) throws {
        self.bench = bench
        self.answers = answers ?? ReplyTiming(sleep: { _ in })
        judging = try JudgeBench(bench, slots: slots, clock: { Date() })
        starts = bench.directory.file("starts")
        let engine = StateDirectory(path: bench.directory.file("s")).engine
        for name in ["gpg", "gpg-inspect"] {
            let path = engine + "/" + name
            let script = try String(contentsOfFile: path, encoding: .utf8)
            guard !script.contains(starts) else { continue }
            // The first three lines answer the question for the version.
            let counting = script.replacing("\nfi\n", with: "\nfi\necho x >>'\(starts)'\n")
            try FileManager.default.removeItem(atPath: path)
            try counting.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: path)
        }
    }

    private var processor: MessageProcessor {
        MessageProcessor(
            store: bench.store,
            road: judging.road,
            clock: { Date() },
            committed: {}
        )
    }

    /// How often gpg was started so far.
    func engineStarts() -> Int {
        FileManager.default.contents(atPath: starts)?.filter { $0 == 0x0a }.count ?? 0
    }

    /// What the administrator's log says last, with all details.
    func lastLine() throws -> String { try judging.lastDetail() }

    /// Hands a mail in; all recipients are the list's.
    func send(
        _ message: [UInt8],
        to recipients: [String],
        by door: Entrance,
        from reversePath: String = "mallory@example.org"
    ) throws -> Seen {
        let before = engineStarts()
        let reply = try reply(to: message, for: recipients, by: door, from: reversePath)
        let entry = try JSONDecoder().decode(Entry.self, from: Data(judging.lastDetail().utf8))
        return Seen(
            reply: reply,
            logged: "\(entry.outcome) \(entry.refusal ?? "-")",
            engineStarts: engineStarts() - before
        )
    }

    /// The reply to a mail.
    func reply(
        to message: [UInt8],
        for recipients: [String],
        by door: Entrance,
        from reversePath: String = "mallory@example.org"
    ) throws -> String {
        switch door {
        case .milter: try milter(message, recipients, reversePath)
        case .gate: try gate(message, recipients, reversePath)
        }
    }

    private struct Entry: Decodable {
        let outcome: String
        let refusal: String?
    }

    private func milter(
        _ message: [UInt8],
        _ recipients: [String],
        _ reversePath: String
    ) throws -> String {
        let session = ListSession(
            directory: ListDirectory(store: bench.store),
            processor: processor,
            record: judging.record,
            answers: answers,
            memory: Allowance(64 << 20),
            logger: logger
        )
        defer { session.closed() }
        let none = MilterMacros()
        let peer = MilterPeer(hostName: "mail.people.test", address: "192.0.2.1", port: 4711)
        _ = session.connected(peer)
        _ = session.mailFrom("<\(reversePath)>", parameters: [], macros: none)
        for recipient in recipients {
            let status = session.recipient(
                "<\(recipient)>",
                parameters: [],
                macros: MilterMacros([.recipientAddress: recipient])
            )
            if status != .continue { return "\(status)" }
        }
        _ = session.data(macros: none)
        let root = try Message(message).root
        for field in root.headerFields {
            _ = session.header(name: Array(field.name.utf8), value: field.rawValue)
        }
        _ = session.body(Array(root.body))
        let actions = MilterMessageActions(
            queueID: "1",
            progress: { true },
            deleteRecipient: { _ in true }
        )
        return "\(session.endOfMessage(actions, macros: none))"
    }

    private func gate(
        _ message: [UInt8],
        _ recipients: [String],
        _ reversePath: String
    ) throws -> String {
        let handler = GateHandler(
            directory: ListDirectory(store: bench.store),
            processor: processor,
            record: judging.record,
            answers: answers,
            logger: logger
        )
        var client = LMTPClient()
        client.address = "192.0.2.9"
        client.queueID = "1"
        let envelope = Envelope(
            reversePath: .address(try StoreSamples.address(reversePath)),
            recipients: try recipients.map {
                Envelope.Recipient(argument: "<\($0)>", address: try StoreSamples.address($0))
            }
        )
        let replies = handler.message(
            LMTPMessage(
                client: client,
                envelope: envelope,
                bytes: message,
                size: message.count
            )
        )
        return "\(replies)"
    }
}
