import NIOCore
import SMTP

/// The client side of one batch of messages, without I/O: replies in, actions out.
///
/// With PIPELINING, one write contains MAIL, RCPT and DATA of a message, and the
/// commands of the next message follow the final dot of this one. Replies arrive in
/// the order of the commands, and each is matched to its command. The client sends
/// the message only after 354 to DATA. A reply that does not fit its command ends the
/// connection, so no reply can count for another message.
///
/// - SeeAlso: [RFC 2920 §3.1](https://www.rfc-editor.org/rfc/rfc2920#section-3.1)
struct SubmissionStateMachine: Sendable {
    /// An action that the caller does, in the given order.
    enum Action: Sendable, Hashable {
        /// Write this line and CRLF.
        case command(String)
        /// Write the message at this index with dot-stuffing, and the final dot.
        case content(Int)
        /// Write a final dot alone: the server accepted DATA but not the recipient.
        case emptyContent
        /// Close the connection.
        case close
    }

    private enum Expectation: Sendable {
        case reset
        case mail(Int)
        case recipient(Int)
        case data(Int)
        case final(Int)

        /// The message and the command that the reply is for; nil for RSET.
        var subject: (index: Int, phase: SubmissionPhase)? {
            switch self {
            case .reset: nil
            case .mail(let index): (index, .mail)
            case .recipient(let index): (index, .recipient)
            case .data(let index): (index, .data)
            case .final(let index): (index, .dot)
            }
        }
    }

    private struct Step: Sendable {
        let command: String
        let expectation: Expectation
    }

    private let messages: [SubmissionMessage]
    private let extensions: SMTPExtensions
    private let isReused: Bool
    private var outcomes: [SubmissionOutcome?]
    private var upcoming = 0
    private var needsReset: Bool
    private var steps: ArraySlice<Step> = []
    private var expected: ArraySlice<Expectation> = []
    private var isClosed = false
    private var hasRead = false

    /// Prepares a batch.
    ///
    /// - Parameters:
    ///   - messages: The messages; each gets one outcome.
    ///   - extensions: The extensions that the server offers.
    ///   - isReused: Whether an earlier batch used the same connection.
    init(messages: [SubmissionMessage], extensions: SMTPExtensions, isReused: Bool) {
        self.messages = messages
        self.extensions = extensions
        self.isReused = isReused
        needsReset = isReused
        outcomes = Array(repeating: nil, count: messages.count)
    }

    /// Whether every message has its outcome and every reply has arrived.
    var isFinished: Bool {
        isClosed || upcoming == messages.count && steps.isEmpty && expected.isEmpty
    }

    /// Whether the next reply answers a final dot.
    var isAwaitingFinal: Bool {
        if case .final = expected.first { true } else { false }
    }

    /// Whether the server closed a reused session before it answered this batch.
    ///
    /// Postfix closes idle sessions, so the batch may be sent again on a new one.
    var wasStale: Bool { isReused && isClosed && !hasRead }

    /// The outcomes of the messages, in their order.
    var results: [(id: Int64, outcome: SubmissionOutcome)] {
        zip(messages, outcomes).map { ($0.id, $1 ?? .notSent) }
    }

    /// The octets after DATA for the message at this index.
    func content(_ index: Int) -> [ByteBuffer] {
        DotStuffing.content(of: messages[index])
    }

    /// The first actions.
    mutating func start() -> [Action] {
        enqueueNext()
        return flush()
    }

    /// Handles a reply, and returns the next actions.
    mutating func receive(_ reply: SMTPReply) -> [Action] {
        guard !isClosed else { return [] }
        guard let expectation = expected.popFirst() else { return violation(at: nil) }
        if reply.code == 421 { return serverCloses(reply, at: expectation) }
        hasRead = true
        if case .data(let index) = expectation { return data(reply, index) }
        guard !reply.isIntermediate else { return violation(at: expectation) }
        switch expectation {
        case .reset, .data:
            break
        case .mail(let index):
            if !reply.isSuccess { outcomes[index] = .refused(reply, .mail) }
        case .recipient(let index):
            // After a refused MAIL the reply is 503 and adds nothing.
            if !reply.isSuccess, outcomes[index] == nil {
                outcomes[index] = .refused(reply, .recipient)
            }
        case .final(let index):
            // The reply to a final dot alone adds nothing either.
            guard outcomes[index] == .unknown else { break }
            outcomes[index] = reply.isSuccess ? .accepted(reply) : .refused(reply, .dot)
        }
        return flush()
    }

    /// The connection has ended: messages without an outcome were not sent.
    ///
    /// The message whose reply was awaited is interrupted. It may be the cause, so it must
    /// wait longer than the others.
    mutating func connectionEnded() {
        if !isClosed, !isReused || hasRead { interrupt(at: expected.first) }
        isClosed = true
    }

    private mutating func interrupt(at expectation: Expectation?) {
        guard let (index, phase) = expectation?.subject, outcomes[index] == nil else { return }
        outcomes[index] = .interrupted(phase)
    }

    private mutating func data(_ reply: SMTPReply, _ index: Int) -> [Action] {
        guard reply.isIntermediate || !reply.isSuccess else { return violation(at: .data(index)) }
        guard reply.isIntermediate else {
            // After a refused RCPT the reply is 503 or 554 and adds nothing. The
            // transaction is still open, and without RSET the next MAIL fails.
            if outcomes[index] == nil { outcomes[index] = .refused(reply, .data) }
            needsReset = true
            enqueueNext()
            return flush()
        }
        var actions: [Action] = []
        if outcomes[index] == nil {
            outcomes[index] = .unknown
            actions.append(.content(index))
        } else {
            actions.append(.emptyContent)
        }
        expected.append(.final(index))
        enqueueNext()
        return actions + flush()
    }

    // 421 means that the server closes the connection. As the first reply on a reused
    // connection it concerns the idle time. Otherwise it counts as a refusal of the
    // current message, which is then tried later instead of immediately.
    private mutating func serverCloses(_ reply: SMTPReply, at expectation: Expectation) -> [Action]
    {
        isClosed = true
        guard !isReused || hasRead else { return [.close] }
        if let (index, phase) = expectation.subject,
            outcomes[index] == nil || phase == .dot && outcomes[index] == .unknown
        {
            outcomes[index] = .refused(reply, phase)
        }
        return [.close]
    }

    private mutating func violation(at expectation: Expectation?) -> [Action] {
        interrupt(at: expectation)
        isClosed = true
        hasRead = true
        return [.close]
    }

    // Adds the commands of the next message that this server can receive.
    private mutating func enqueueNext() {
        while upcoming < messages.count {
            let index = upcoming
            upcoming += 1
            let message = messages[index]
            guard extensions.international || !message.needsInternational else {
                outcomes[index] = Self.refusal(of: message)
                continue
            }
            let commands = SubmissionCommands(message: message, extensions: extensions)
            if needsReset { steps.append(Step(command: "RSET", expectation: .reset)) }
            needsReset = false
            steps += [
                Step(command: commands.mail, expectation: .mail(index)),
                Step(command: commands.recipient, expectation: .recipient(index)),
                Step(command: "DATA", expectation: .data(index)),
            ]
            return
        }
    }

    private mutating func flush() -> [Action] {
        var actions: [Action] = []
        while extensions.pipelining || expected.isEmpty, let step = steps.popFirst() {
            expected.append(step.expectation)
            actions.append(.command(step.command))
        }
        return actions
    }

    // RFC 6531 §3.5: a client must not send such an address without SMTPUTF8.
    private static func refusal(of message: SubmissionMessage) -> SubmissionOutcome {
        let reply = SMTPReply(
            553,
            EnhancedStatusCode(5, 6, 7),
            "Postfix does not offer SMTPUTF8 to us"
        )
        return .refused(reply, message.recipient.isASCII ? .mail : .recipient)
    }
}

extension SMTPReply {
    /// Whether the server waits for the message; only DATA may have such a reply.
    fileprivate var isIntermediate: Bool { (300...399).contains(code) }
}
