import Foundation
public import LMTP
public import Logging
import MailingList
public import SMTP

/// The second door: mail that the milter did not see, or did not finish.
///
/// It stands behind Postfix's queue, so a refusal here becomes a bounce. It refuses only
/// where the bounce reaches the author for certain: for local submission, and for a
/// subscriber who signed, at their own address. Everybody else gets 250, and the message is
/// dropped and counted, so that neither door causes backscatter.
public struct GateHandler: LMTPHandler {
    private let directory: ListDirectory
    private let processor: MessageProcessor
    private let record: OutcomeRecorder
    private let answers: ReplyTiming
    private let logger: Logger

    /// Judges with the same processor as the milter.
    public init(
        directory: ListDirectory,
        processor: MessageProcessor,
        record: OutcomeRecorder,
        answers: ReplyTiming = ReplyTiming(),
        logger: Logger
    ) {
        self.directory = directory
        self.processor = processor
        self.record = record
        self.answers = answers
        self.logger = logger
    }

    private static let taken = SMTPReply(250, EnhancedStatusCode(2, 0, 0), "Ok")
    private static let notHere = SMTPReply(
        550,
        EnhancedStatusCode(5, 1, 1),
        "No such list here"
    )

    /// RCPT TO: only what is in no domain of the lists is refused this early.
    public func recipient(
        _ address: EmailAddress?,
        argument: String,
        client: LMTPClient
    ) -> SMTPReply {
        do {
            return try resolve(address) == .ordinary ? notHere(client) : Self.taken
        } catch {
            logger.error("cannot look up a recipient: \(error)")
            return .failure
        }
    }

    /// The message: one reply for each recipient, in order.
    ///
    /// The sender of mail with `NOTIFY=SUCCESS` learns when the gate has replied, so the reply
    /// waits as it does at the milter.
    public func message(_ message: LMTPMessage) -> [SMTPReply] {
        let began = answers.now()
        let delivery = GateDelivery(openings: MessageOpenings(now: answers.now))
        let replies = replies(to: message, delivery)
        if delivery.dependsOnOpening {
            answers.wait(since: began, settled: delivery.openings.settled)
        }
        return replies
    }

    private func replies(to message: LMTPMessage, _ delivery: GateDelivery) -> [SMTPReply] {
        var received = ReceivedMessage(bytes: message.bytes, size: message.size)
        received.hasNullReversePath = message.envelope.reversePath == .null
        received.clientAddress = message.client.address
        let reference = message.client.queueID ?? received.queueID ?? "unknown"
        return message.envelope.recipients.map { recipient in
            do {
                switch try resolve(recipient.address) {
                case .ordinary: return notHere(message.client)
                case .unknown: return unknown(message, reference)
                case .role(let roles):
                    guard delivery.allows(roles) else { return .tooManyRecipients }
                    return reply(to: message, received, roles, reference, delivery)
                }
            } catch {
                logger.error("cannot look up a recipient: \(error)")
                return .failure
            }
        }
    }

    // A path that is no address is the gate's, since only its domain comes here.
    private func resolve(_ address: EmailAddress?) throws -> ListDirectory.Resolution {
        try address.map(directory.resolve) ?? .unknown
    }

    // Postfix's configuration is wrong, and the mail is another's: it must not be lost.
    private func notHere(_ client: LMTPClient) -> SMTPReply {
        logger.error(
            """
            Postfix hands mail of a foreign domain to the gate: 'listseal postfix check' says \
            what is wrong
            """
        )
        return isLocal(client) ? Self.notHere : .failure
    }

    private func unknown(_ message: LMTPMessage, _ reference: String) -> SMTPReply {
        guard !mayTell(message, nil) else { return Refusal.unknownAddress.reply }
        logger.notice("dropped: no list has the address", metadata: ["reference": "\(reference)"])
        return Self.taken
    }

    private func reply(
        to message: LMTPMessage,
        _ received: ReceivedMessage,
        _ roles: [ListRecipient],
        _ reference: String,
        _ delivery: GateDelivery
    ) -> SMTPReply {
        let outcomes = processor.process(
            received,
            for: roles,
            sharing: delivery.openings,
            isPeerThere: { true }
        )
        delivery.note(outcomes, of: roles)
        // One reply for the recipient: it comes again for all its roles.
        let postponed = outcomes.lazy.compactMap(\.postponement).first
        var answer = postponed ?? Self.taken
        for (role, outcome) in zip(roles, outcomes) {
            let messageContext = MessageContext(reference: reference, door: .gate, recipient: role)
            let isTold = isTold(outcome, message)
            record.record(
                outcome,
                messageContext,
                refusalTold: postponed != nil ? .gate : isTold ? .peer : .nobody
            )
            if outcome.isStored, message.client.address != nil {
                record.count(.missedByMilter, messageContext)
            }
            if case .refused(let refusal, let detail, _) = outcome, isTold, postponed == nil {
                answer = refusal.reply(detail)
            }
        }
        return answer == Self.taken ? answer : answer.withReference(reference)
    }

    /// What the recipients of one message share.
    private final class GateDelivery {
        let openings: MessageOpenings
        private(set) var dependsOnOpening = false
        private var commands: Set<ListRecipient> = []

        init(openings: MessageOpenings) {
            self.openings = openings
        }

        /// Whether the message may have these roles too.
        func allows(_ roles: [ListRecipient]) -> Bool {
            let all = commands.union(roles.filter(\.role.isCommand))
            guard all.count <= Transaction.maximumCommandRecipients else { return false }
            commands = all
            return true
        }

        func note(_ outcomes: [Outcome], of roles: [ListRecipient]) {
            dependsOnOpening =
                dependsOnOpening
                || zip(outcomes, roles).contains { $0.dependsOnOpening(for: $1.role) }
        }
    }

    private func isTold(_ outcome: Outcome, _ message: LMTPMessage) -> Bool {
        guard case .refused(_, _, let author) = outcome else { return false }
        return mayTell(message, author)
    }

    private func mayTell(_ message: LMTPMessage, _ author: EmailAddress?) -> Bool {
        if isLocal(message.client) || message.envelope.reversePath == .null { return true }
        guard let author else { return false }
        return message.envelope.reversePath == .address(author)
    }

    // Postfix names no client address for what sendmail(1) submitted. It also
    // names none for its own bounces, which have the null reverse-path.
    private func isLocal(_ client: LMTPClient) -> Bool {
        client.address == nil
    }
}
