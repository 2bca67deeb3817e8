public import Foundation
public import Logging
public import MailingList
import SMTP

/// The message and the role that an outcome concerns.
public struct MessageContext: Sendable {
    /// The MTA's queue id.
    public let reference: String
    /// The way by which the message arrived.
    public let door: Door
    /// The list and its role.
    public let recipient: ListRecipient

    /// Makes a context; its values are not checked.
    public init(reference: String, door: Door, recipient: ListRecipient) {
        self.reference = reference
        self.door = door
        self.recipient = recipient
    }
}

/// Records the outcome of each message in the log, the outcome log and the counters.
///
/// It writes one log line for each message, without its content. A failure to write or
/// to count never changes the handling of a message.
public struct OutcomeRecorder: Sendable {
    /// The alarm that failures raise and successes clear.
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

    /// Records that a message was accepted; `copies` is nil for a repeated message.
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

    /// Records that a message was refused and the peer gets a reply.
    public func refused(_ messageContext: MessageContext, _ refusal: Refusal, detail: String) {
        write(messageContext, .refused, refusal, detail)
        count(.refused, messageContext)
    }

    /// Records that a message was refused and nobody may be told.
    public func dropped(_ messageContext: MessageContext, _ refusal: Refusal, detail: String) {
        write(messageContext, .dropped, refusal, "\(detail); a bounce might reach a stranger")
        count(.droppedAtGate, messageContext)
    }

    /// Records a temporary failure that raises no alarm, such as too little space.
    public func postponed(_ messageContext: MessageContext, detail: String) {
        write(messageContext, .postponed, nil, detail)
    }

    /// Records a failure of ours, and raises the alarm until a success.
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
