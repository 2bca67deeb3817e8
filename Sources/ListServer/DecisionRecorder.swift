public import Foundation
public import Logging
public import MailingList
import SMTP

/// Which message and which role a decision is about.
public struct Trace: Sendable {
    /// The MTA's queue id.
    public let reference: String
    /// Which way it came.
    public let door: Door
    /// The list and its role.
    public let recipient: ListRecipient

    /// Puts them side by side.
    public init(reference: String, door: Door, recipient: ListRecipient) {
        self.reference = reference
        self.door = door
        self.recipient = recipient
    }
}

/// Writes decisions where administrators look: log, decision file, counters.
///
/// One line a message at notice level; nothing of the message in it. A failure
/// to write a line or to count never changes what happens to the mail.
public struct DecisionRecorder: Sendable {
    /// What ends and begins with our own failures.
    let engine: EngineAlarm
    private let store: any ListStore
    private let log: DecisionLog
    private let logger: Logger
    private let clock: @Sendable () -> Date

    /// Writes to all three.
    public init(
        store: any ListStore,
        log: DecisionLog,
        engine: EngineAlarm,
        logger: Logger,
        clock: @escaping @Sendable () -> Date
    ) {
        self.engine = engine
        self.store = store
        self.log = log
        self.logger = logger
        self.clock = clock
    }

    /// Everything is on disk; nil copies if it was there before.
    public func taken(_ trace: Trace, copies: Int?, detail: String = "") {
        let more = detail.isEmpty ? "" : "; " + detail
        if let copies {
            switch trace.recipient.role {
            case .bounces:
                write(trace, .accepted, nil, "a bounce is read and dropped\(more)")
                count(.bounced, trace)
            case .request, .join, .leave, .confirm, .sendkey:
                write(
                    trace,
                    .accepted,
                    nil,
                    "commands are carried out, \(copies) answers are owed\(more)"
                )
            case .posting, .owner, .postmaster, .abuse:
                write(trace, .accepted, nil, "\(copies) copies are owed\(more)")
            }
        } else {
            write(trace, .repeated, nil, "this delivery had been taken before")
            count(.repeated, trace)
        }
    }

    /// Refused, and the peer is told.
    public func refused(_ trace: Trace, _ refusal: Refusal, detail: String) {
        write(trace, .refused, refusal, detail)
        count(.refused, trace)
    }

    /// Refused where nobody may be told.
    public func dropped(_ trace: Trace, _ refusal: Refusal, detail: String) {
        write(trace, .dropped, refusal, "\(detail); a bounce might reach a stranger")
        count(.droppedAtGate, trace)
    }

    /// No room, or nobody there.
    public func postponed(_ trace: Trace, detail: String) {
        write(trace, .postponed, nil, detail)
    }

    /// Our failure: an alarm, until it succeeds.
    public func failed(_ trace: Trace, _ error: any Error) {
        write(trace, .postponed, nil, "our failure: \(error)", level: .error)
        engine.failed(trace.recipient.list.id, detail: "\(error)")
    }

    /// Counts something that happened to a list.
    public func count(_ counter: ListCounter, _ trace: Trace) {
        do {
            try store.count(counter, of: trace.recipient.list.id)
        } catch {
            logger.warning("cannot count: \(error)")
        }
    }

    private func write(
        _ trace: Trace,
        _ outcome: Decision.Outcome,
        _ refusal: Refusal?,
        _ detail: String,
        level: Logger.Level = .notice
    ) {
        logger.log(
            level: level,
            "\(outcome.rawValue)\(refusal.map { " \($0.rawValue)" } ?? ""): \(detail)",
            metadata: [
                "queue.id": "\(trace.reference)",
                "list": "\(trace.recipient.list.address.key)",
                "role": "\(trace.recipient.role.name)",
                "door": "\(trace.door.rawValue)",
            ]
        )
        do {
            try log.append(
                Decision(
                    time: clock(),
                    reference: trace.reference,
                    door: trace.door,
                    recipient: trace.recipient,
                    outcome: outcome,
                    refusal: refusal,
                    detail: detail
                )
            )
        } catch {
            logger.warning("cannot write the decision log: \(error)")
        }
    }
}
