public import Foundation
public import Logging
public import MailingList
import SMTP

/// Which message and which role a decision is about.
public struct MessageContext: Sendable {
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
public struct OutcomeRecorder: Sendable {
    /// What ends and begins with our own failures.
    let engine: EngineAlarm
    private let store: any ListStore
    private let log: OutcomeLog
    private let logger: Logger
    private let clock: @Sendable () -> Date

    /// Writes to all three.
    public init(
        store: any ListStore,
        log: OutcomeLog,
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
    public func accepted(_ messageContext: MessageContext, copies: Int?, detail: String = "") {
        let more = detail.isEmpty ? "" : "; " + detail
        if let copies {
            switch messageContext.recipient.role {
            case .bounces:
                write(messageContext, .accepted, nil, "a bounce is read and dropped\(more)")
                count(.bounced, messageContext)
            case .request, .join, .leave, .confirm, .sendkey:
                write(
                    messageContext,
                    .accepted,
                    nil,
                    "commands are carried out, \(copies) answers are owed\(more)"
                )
            case .posting, .owner, .postmaster, .abuse:
                write(messageContext, .accepted, nil, "\(copies) copies are owed\(more)")
            }
        } else {
            write(messageContext, .repeated, nil, "this delivery had been taken before")
            count(.repeated, messageContext)
        }
    }

    /// Refused, and the peer is told.
    public func refused(_ messageContext: MessageContext, _ refusal: Refusal, detail: String) {
        write(messageContext, .refused, refusal, detail)
        count(.refused, messageContext)
    }

    /// Refused where nobody may be told.
    public func dropped(_ messageContext: MessageContext, _ refusal: Refusal, detail: String) {
        write(messageContext, .dropped, refusal, "\(detail); a bounce might reach a stranger")
        count(.droppedAtGate, messageContext)
    }

    /// No room, or nobody there.
    public func postponed(_ messageContext: MessageContext, detail: String) {
        write(messageContext, .postponed, nil, detail)
    }

    /// Our failure: an alarm, until it succeeds.
    public func failed(_ messageContext: MessageContext, _ error: any Error) {
        write(messageContext, .postponed, nil, "our failure: \(error)", level: .error)
        engine.failed(messageContext.recipient.list.id, detail: "\(error)")
    }

    /// Counts something that happened to a list.
    public func count(_ counter: ListCounter, _ messageContext: MessageContext) {
        do {
            try store.count(counter, of: messageContext.recipient.list.id)
        } catch {
            logger.warning("cannot count: \(error)")
        }
    }

    private func write(
        _ messageContext: MessageContext,
        _ outcome: LogEntry.Outcome,
        _ refusal: Refusal?,
        _ detail: String,
        level: Logger.Level = .notice
    ) {
        logger.log(
            level: level,
            "\(outcome.rawValue)\(refusal.map { " \($0.rawValue)" } ?? ""): \(detail)",
            metadata: [
                "queue.id": "\(messageContext.reference)",
                "list": "\(messageContext.recipient.list.address.key)",
                "role": "\(messageContext.recipient.role.name)",
                "door": "\(messageContext.door.rawValue)",
            ]
        )
        do {
            try log.append(
                LogEntry(
                    time: clock(),
                    reference: messageContext.reference,
                    door: messageContext.door,
                    recipient: messageContext.recipient,
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
