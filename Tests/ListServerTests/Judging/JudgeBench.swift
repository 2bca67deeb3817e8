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
    /// What has to happen, as tests ask for it.
    enum Judged: Sendable {
        case accept(Acceptance)
        case repeated
        case refuse(Refusal, detail: String, provenAuthor: EmailAddress?)
        case postpone(SMTPReply)

        init(_ disposition: Disposition) {
            switch disposition {
            case .store(let acceptance): self = .accept(acceptance)
            case .storeAndAnswer(_, let outcome), .answer(let outcome): self = Self(outcome)
            }
        }

        private init(_ outcome: Outcome) {
            switch outcome {
            case .accepted, .repeated: self = .repeated
            case .refused(let refusal, let detail, let author):
                self = .refuse(refusal, detail: detail, provenAuthor: author)
            case .postponed(let reply, _): self = .postpone(reply)
            case .failed: self = .postpone(.failure)
            }
        }

        var acceptance: Acceptance? {
            if case .accept(let acceptance) = self { acceptance } else { nil }
        }

        var isAcceptance: Bool { acceptance != nil }
    }

    /// An outcome without what is for the log.
    enum Answer: Sendable, Hashable {
        case accepted
        case refused(Refusal, detail: String, provenAuthor: EmailAddress?)
        case postponed(SMTPReply)

        init(_ outcome: Outcome) {
            switch outcome {
            case .accepted, .repeated: self = .accepted
            case .refused(let refusal, let detail, let author):
                self = .refused(refusal, detail: detail, provenAuthor: author)
            case .postponed(let reply, _): self = .postponed(reply)
            case .failed: self = .postponed(.failure)
            }
        }
    }

    let road: Road
    let engine: EngineAlarm
    let record: OutcomeRecorder
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
        record = OutcomeRecorder(
            store: bench.store,
            log: OutcomeLog(path: bench.directory.file("decisions")),
            engine: engine,
            logger: logger,
            clock: clock
        )
        road = Road(
            store: bench.store,
            opener: bench.opener,
            sealer: bench.sealer,
            slots: slots,
            diskSpace: DiskSpaceCheck(owedOctets: { 0 }, freeOctets: { freeOctets }),
            clock: clock,
            jumps: watch ?? ClockJumpDetector(clock: clock, steady: { 0 })
        )
    }

    private var context: MessageContext {
        MessageContext(reference: "1", door: .milter, recipient: recipient)
    }

    /// Judges, and records what the road alone decides.
    func judge(
        _ message: [UInt8],
        isPeerThere: @escaping () -> Bool = { true }
    ) -> Judged {
        let disposition = road.travel(
            ReceivedMessage(bytes: message),
            for: recipient,
            isPeerThere: isPeerThere
        ).disposition
        if case .answer(let outcome) = disposition {
            record.record(outcome, context, refusalTold: .peer)
        }
        return Judged(disposition)
    }

    /// Judges, commits and records.
    func process(_ message: [UInt8]) -> Answer? {
        MessageProcessor(
            store: bench.store,
            road: road,
            clock: { OpenerBench.now },
            committed: {}
        ).process(
            ReceivedMessage(bytes: message),
            for: [recipient],
            isPeerThere: { true }
        ).first.map { outcome in
            record.record(outcome, context, refusalTold: .peer)
            return Answer(outcome)
        }
    }

    /// The decision that was written down last.
    func lastDetail() throws -> String {
        let lines = try String(contentsOfFile: bench.directory.file("decisions"), encoding: .utf8)
        return String(lines.split(separator: "\n").last ?? "")
    }
}
