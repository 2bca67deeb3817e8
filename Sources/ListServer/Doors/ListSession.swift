import Foundation
public import LMTP
public import Logging
import MailingList
public import Milter
import SMTP

/// One connection of the MTA: hands events to a ``Transaction``, and acts.
///
/// Confined to its connection: libmilter gives it one callback at a time.
public final class ListSession: MilterSession {
    private let directory: ListDirectory
    private let processor: MessageProcessor
    private let record: OutcomeRecorder
    private let answers: ReplyTiming
    private let memory: Allowance
    private let logger: Logger
    private var held = 0
    private var isSimulated = false
    private var clientAddress: String?
    private var transaction: Transaction?

    /// Makes the session of one connection.
    ///
    /// Messages in memory are counted in the allowance that the gate uses too.
    public init(
        directory: ListDirectory,
        processor: MessageProcessor,
        record: OutcomeRecorder,
        answers: ReplyTiming,
        memory: Allowance,
        logger: Logger
    ) {
        self.memory = memory
        self.directory = directory
        self.processor = processor
        self.record = record
        self.answers = answers
        self.logger = logger
    }

    /// A client is there.
    public func connected(_ peer: MilterPeer) -> MilterStatus {
        isSimulated = peer.isSimulated
        clientAddress = peer.isSimulated ? nil : peer.address
        return .continue
    }

    /// A new message begins.
    public func mailFrom(
        _ argument: String,
        parameters: [String],
        macros: MilterMacros
    ) -> MilterStatus {
        release()
        transaction = Transaction(reversePath: ReversePath(argument: argument))
        return .continue
    }

    /// A recipient that the MTA has accepted.
    public func recipient(
        _ argument: String,
        parameters: [String],
        macros: MilterMacros
    ) -> MilterStatus {
        status(
            transaction?.recipient(
                argument,
                resolution(of: macros[.recipientAddress]),
                mayRefuse: !isSimulated
            )
        )
    }

    // Mail of the whole host passes here. A recipient that cannot be looked up goes on: if it
    // is a list's, Postfix's queue brings it to the gate, which judges it, or asks Postfix to
    // come again.
    private func resolution(of recipient: String?) -> ListDirectory.Resolution {
        // The macro is resolved and folded; the argument is not.
        guard let recipient else {
            logger.error(
                """
                Postfix does not send {rcpt_addr} to the milter, so list mail waits for the \
                gate: 'listseal postfix check' says how to send it
                """
            )
            return .ordinary
        }
        do {
            return try directory.resolve(recipient: recipient)
        } catch {
            logger.error(
                """
                cannot look up a recipient, so the message goes on; the gate judges it if it is \
                for a list: \(error)
                """
            )
            return .ordinary
        }
    }

    /// The recipients are complete.
    public func data(macros: MilterMacros) -> MilterStatus {
        status(transaction?.data())
    }

    /// A header field.
    public func header(name: [UInt8], value: [UInt8]) -> MilterStatus {
        status(transaction?.header(name: name, value: value))
    }

    /// The header is complete.
    public func endOfHeaders() -> MilterStatus { .continue }

    /// A piece of the body.
    public func body(_ chunk: [UInt8]) -> MilterStatus {
        let action = transaction?.body(chunk)
        let octets = transaction?.heldOctets ?? 0
        guard memory.take(octets - held) else {
            transaction?.giveUp()
            release()
            logger.warning("a message is not read: too many messages are in memory")
            return .skip
        }
        held = octets
        return status(action)
    }

    // Gives back what the current message holds.
    private func release() {
        _ = memory.take(-held)
        held = 0
    }

    /// The message is complete: the answer to it is ours.
    public func endOfMessage(
        _ actions: MilterMessageActions,
        macros: MilterMacros
    ) -> MilterStatus {
        guard let transaction else { return .temporaryFailure }
        self.transaction = nil
        defer { release() }
        guard !transaction.isGivenUp else {
            // With other recipients it goes on, and the list's part waits for the gate.
            return transaction.hasOrdinaryRecipients ? .continue : .reply(.busy)
        }
        let began = answers.now()
        let reference = actions.queueID ?? macros[.queueID] ?? "unknown"
        let roles = transaction.roles
        var message = transaction.message()
        message.clientAddress = clientAddress
        let openings = MessageOpenings(now: answers.now)
        let outcomes = processor.process(
            message,
            for: roles,
            sharing: openings,
            isPeerThere: actions.progress
        )
        let plan = MilterReplyPlan(
            recipients: transaction.recipients,
            outcomes: Dictionary(zip(roles, outcomes), uniquingKeysWith: { first, _ in first }),
            isMixed: transaction.hasOrdinaryRecipients
        )
        for (role, outcome) in zip(roles, outcomes) {
            record.record(
                outcome,
                MessageContext(reference: reference, door: .milter, recipient: role),
                refusalTold: plan.tellsRefusals ? .peer : .gate
            )
        }
        if plan.dependsOnOpening { answers.wait(since: began, settled: openings.settled) }
        return act(on: plan, with: actions, reference: reference)
    }

    /// The message will not come after all.
    public func aborted() {
        transaction = nil
        release()
    }

    /// The client is gone.
    public func closed() {
        transaction = nil
        release()
    }

    private func act(
        on plan: MilterReplyPlan,
        with actions: MilterMessageActions,
        reference: String
    ) -> MilterStatus {
        switch plan.answer {
        case .discard: return .discard
        case .reply(let reply): return .reply(reply.withReference(reference))
        case .proceed(let deleted):
            for argument in deleted {
                do {
                    try actions.deleteRecipient(argument)
                } catch {
                    // It reaches the gate, where the receipt answers it.
                    logger.warning("a list recipient stays in the message: \(error)")
                }
            }
            return .continue
        }
    }

    private func status(_ action: Transaction.Action?) -> MilterStatus {
        switch action {
        case .proceed: .continue
        case .waveThrough: .accept
        case .skip: .skip
        case .reply(let reply): .reply(reply)
        case nil: .temporaryFailure
        }
    }
}
