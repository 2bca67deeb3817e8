public import Foundation
public import Logging
public import MailingList
import SMTP
import Unix

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

    /// Makes a recorder that writes to the log, the outcome log and the counters.
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

    /// The recipient of the information about a refusal.
    public enum Told: Sendable {
        /// The peer, in the reply.
        case peer
        /// Nobody: a bounce might reach a stranger.
        case nobody
        /// Nobody yet: the message goes on, and the gate replies.
        case gate
    }

    /// Records the outcome of a message for one role.
    ///
    /// Only this method writes to the log, the outcome log and the counters, and changes the
    /// engine's alarm.
    public func record(_ outcome: Outcome, _ messageContext: MessageContext, refusalTold told: Told)
    {
        switch outcome {
        case .accepted(let copies, let detail):
            accepted(messageContext, copies, detail.isEmpty ? "" : "; " + detail)
        case .repeated:
            write(messageContext, .repeated, nil, "this delivery was accepted before")
            count(.repeated, messageContext)
        case .refused(let refusal, let detail, _):
            switch told {
            case .peer:
                write(messageContext, .refused, refusal, detail)
                count(.refused, messageContext)
            case .nobody:
                write(
                    messageContext,
                    .dropped,
                    refusal,
                    "\(detail); a bounce might reach a stranger"
                )
                count(.droppedAtGate, messageContext)
            case .gate: write(messageContext, .postponed, nil, "left to the gate: \(detail)")
            }
        case .postponed(_, let detail): write(messageContext, .postponed, nil, detail)
        case .failed(let detail):
            write(messageContext, .postponed, nil, "our failure: \(detail)", level: .error)
            engine.failed(messageContext.recipient.list.id, detail: detail)
        }
    }

    private func accepted(_ messageContext: MessageContext, _ copies: Int, _ more: String) {
        switch messageContext.recipient.role {
        case .bounces:
            write(messageContext, .accepted, nil, "a bounce is read and dropped\(more)")
            count(.bounced, messageContext)
            return
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
        // The list's key has sealed the message, and it is on disk: all parts worked.
        engine.worked(messageContext.recipient.list.id)
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
            logger.warning("cannot write the decision log: \(PlainWords.of(error))")
        }
    }
}
