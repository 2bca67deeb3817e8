import Foundation
import LMTP
import Logging
import MailingList
import Milter
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

@Suite("Doors over a broken store")
struct BrokenStoreTests {
    private let bench: OpenerBench
    private let judging: JudgeBench
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        bench = try OpenerBench()
        judging = try JudgeBench(bench)
    }

    private var processor: MessageProcessor {
        MessageProcessor(
            store: bench.store,
            road: judging.road,
            clock: { OpenerBench.now },
            committed: {}
        )
    }

    private var session: ListSession {
        ListSession(
            directory: ListDirectory(store: bench.store),
            processor: processor,
            record: judging.record,
            answers: ReplyTiming(),
            memory: Allowance(1 << 20),
            logger: logger
        )
    }

    // Every file of the database is overwritten where it lies, as a failing disk does.
    private func breakStore() throws {
        let folder = bench.directory.file("s")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        for file in files where file.contains("sqlite") || file.contains(".db") {
            let path = folder + "/" + file
            let size = try #require(FileManager.default.contents(atPath: path)?.count)
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.write(contentsOf: Data(repeating: 0x55, count: size))
            try handle.close()
        }
        #expect(throws: (any Error).self, "the store is broken") { try bench.store.lists() }
    }

    @Test(
        "the milter lets mail pass when the store is broken",
        arguments: ["anne@people.test", OpenerBench.listAddress]
    )
    func milter(recipient: String) throws {
        try breakStore()
        let session = session
        defer { session.closed() }
        let none = MilterMacros()
        _ = session.connected(
            MilterPeer(hostName: "mail.people.test", address: "192.0.2.1", port: 4711)
        )
        #expect(session.mailFrom("<x@people.test>", parameters: [], macros: none) == .continue)
        let macros = MilterMacros([.recipientAddress: recipient])
        #expect(session.recipient("<\(recipient)>", parameters: [], macros: macros) == .continue)
        #expect(session.data(macros: none) == .accept)
    }

    @Test("the milter lets mail pass when Postfix does not send the recipient's macro")
    func macro() throws {
        let session = session
        defer { session.closed() }
        let none = MilterMacros()
        _ = session.connected(
            MilterPeer(hostName: "mail.people.test", address: "192.0.2.1", port: 4711)
        )
        #expect(session.mailFrom("<x@people.test>", parameters: [], macros: none) == .continue)
        #expect(session.recipient("<a@people.test>", parameters: [], macros: none) == .continue)
        #expect(session.data(macros: none) == .accept)
    }

    @Test("the gate asks Postfix to come again when the store is broken")
    func gate() throws {
        try breakStore()
        let handler = GateHandler(
            directory: ListDirectory(store: bench.store),
            processor: processor,
            record: judging.record,
            logger: logger
        )
        let reply = handler.recipient(
            bench.list.address,
            argument: "<\(bench.list.address)>",
            client: LMTPClient()
        )
        #expect(reply == .failure)
    }
}
