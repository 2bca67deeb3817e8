import Foundation
import Logging
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport

@testable import ListServer

/// A judge as the daemon has it, around an ``OpenerBench``.
struct JudgeBench {
    let bench: OpenerBench
    let judge: Judge
    let engine: EngineAlarm
    private let recipient: ListRecipient

    init(
        _ bench: OpenerBench,
        list: MailingList? = nil,
        role: ListRole = .posting,
        bounced: Subscriber.ID? = nil,
        slots: OpeningSlots = OpeningSlots(count: 1),
        freeOctets: Int64 = 1 << 30,
        clock: @escaping @Sendable () -> Date = { OpenerBench.now },
        watch: ClockJumpDetector? = nil
    ) throws {
        self.bench = bench
        recipient = ListRecipient(list: list ?? bench.list, role: role, bounced: bounced)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        engine = EngineAlarm(store: bench.store, clock: clock, logger: logger)
        judge = Judge(
            store: bench.store,
            opener: bench.opener,
            sealer: bench.sealer,
            slots: slots,
            room: DiskSpaceCheck(owedOctets: { 0 }, freeOctets: { freeOctets }),
            record: OutcomeRecorder(
                store: bench.store,
                log: OutcomeLog(path: bench.directory.file("decisions")),
                engine: engine,
                logger: logger,
                clock: clock
            ),
            clock: clock,
            watch: watch ?? ClockJumpDetector(clock: clock, steady: { 0 })
        )
    }

    func judge(
        _ message: [UInt8],
        isPeerThere: @escaping () -> Bool = { true }
    ) -> Judgement {
        judge.judge(
            ReceivedMessage(bytes: message),
            for: recipient,
            messageContext: MessageContext(reference: "1", door: .milter, recipient: recipient),
            isPeerThere: isPeerThere
        )
    }

    /// Judges and commits.
    func process(_ message: [UInt8]) -> MessageProcessor.Outcome? {
        MessageProcessor(
            store: bench.store,
            judge: judge,
            record: judge.record,
            clock: { OpenerBench.now },
            committed: {}
        ).process(
            ReceivedMessage(bytes: message),
            for: [recipient],
            reference: "1",
            door: .milter,
            isPeerThere: { true }
        ).first
    }

    /// The decision that was written down last.
    func lastDetail() throws -> String {
        let lines = try String(contentsOfFile: bench.directory.file("decisions"), encoding: .utf8)
        return String(lines.split(separator: "\n").last ?? "")
    }
}
