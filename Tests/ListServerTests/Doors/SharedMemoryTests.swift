import Foundation
import LMTP
import Logging
import MailingList
import Milter
import SMTP
import TestSupport
import Testing

@testable import ListServer

@Suite("Memory that both doors share")
struct SharedMemoryTests {
    private let none = MilterMacros()

    private func session(_ memory: Allowance, _ bench: OpenerBench) throws -> ListSession {
        let judging = try JudgeBench(bench)
        return ListSession(
            directory: ListDirectory(store: bench.store),
            processor: MessageProcessor(
                store: bench.store,
                road: judging.road,
                clock: { OpenerBench.now },
                committed: {}
            ),
            record: judging.record,
            answers: ReplyTiming(),
            memory: memory,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func begin(_ session: ListSession, for recipients: [String]) {
        _ = session.connected(
            MilterPeer(hostName: "mail.people.test", address: "192.0.2.1", port: 4711)
        )
        _ = session.mailFrom("<x@people.test>", parameters: [], macros: none)
        for recipient in recipients {
            let macros = MilterMacros([.recipientAddress: recipient])
            _ = session.recipient("<\(recipient)>", parameters: [], macros: macros)
        }
        _ = session.data(macros: none)
    }

    private func end(_ session: ListSession) -> MilterStatus {
        let actions = MilterMessageActions(
            queueID: "ABCDEFG",
            progress: { true },
            deleteRecipient: { _ in true }
        )
        return session.endOfMessage(actions, macros: none)
    }

    @Test("messages above the common allowance are not kept, and their senders come again")
    func exhausted() throws {
        let bench = try OpenerBench()
        let memory = Allowance(3 << 20)
        let chunk = [UInt8](repeating: 65, count: 60_000)
        let (first, second) = (try session(memory, bench), try session(memory, bench))
        for session in [first, second] { begin(session, for: [OpenerBench.listAddress]) }
        for _ in 0..<20 { #expect(first.body(chunk) == .continue) }
        let statuses = (0..<60).map { _ in second.body(chunk) }
        #expect(statuses.contains(.skip))
        #expect(end(second) == .reply(.busy))
        // The first message is whole, and its memory is free after its reply.
        #expect(end(first) != .reply(.busy))
        #expect(memory.take(3 << 20))
    }

    @Test("with other recipients a message for which there is no memory goes its way")
    func mixed() throws {
        let bench = try OpenerBench()
        let session = try session(Allowance(1000), bench)
        begin(session, for: [OpenerBench.listAddress, "anne@people.test"])
        #expect(session.body([UInt8](repeating: 65, count: 60_000)) == .skip)
        #expect(end(session) == .continue)
    }
}
