import NIOCore
import SMTP

/// The client's half of one batch of messages: replies in, actions out, no I/O.
///
/// MAIL, RCPT and DATA of a message go in one write, and those of the next one
/// behind the final dot of this one, as RFC 2920 §3.1 allows. Replies come in
/// the order of the commands; each is matched to the command that it answers,
/// and 354 to DATA is the point where both sides must agree. A reply that does
/// not fit ends the connection, so none is ever counted for another message.
///
/// - SeeAlso: [RFC 2920 §3.1](https://www.rfc-editor.org/rfc/rfc2920#section-3.1)
struct SubmissionStateMachine: Sendable {
    /// What is to be written, or done, in this order.
    enum Action: Sendable, Hashable {
        /// A line without its CRLF.
        case command(String)
        /// The message at this index, dot-stuffed, and the final dot.
        case content(Int)
        /// A final dot alone: DATA was taken though the recipient was not.
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

    /// Begins a batch.
    ///
    /// - Parameters:
    ///   - messages: One outcome will be given for each.
    ///   - extensions: What the server offers.
    ///   - isReused: Whether an earlier batch went over the same connection.
    init(messages: [SubmissionMessage], extensions: SMTPExtensions, isReused: Bool) {
        self.messages = messages
        self.extensions = extensions
        self.isReused = isReused
        needsReset = isReused
        outcomes = Array(repeating: nil, count: messages.count)
    }

    /// Whether every message has its outcome and every reply was read.
    var isFinished: Bool {
        isClosed || upcoming == messages.count && steps.isEmpty && expected.isEmpty
    }

    /// Whether the next reply answers a final dot.
    var isAwaitingFinal: Bool {
        if case .final = expected.first { true } else { false }
    }

    /// Whether the server had gone before it read anything of this batch.
    ///
    /// Postfix ends sessions that are idle; that says nothing about the batch.
    var wasStale: Bool { isReused && isClosed && !hasRead }

    /// What became of the messages, in their order.
    var results: [(id: Int64, outcome: SubmissionOutcome)] {
        zip(messages, outcomes).map { ($0.id, $1 ?? .notSent) }
    }

    /// What follows DATA for the message at this index.
    func content(_ index: Int) -> [ByteBuffer] {
        DotStuffing.content(of: messages[index])
    }

    /// The first actions.
    mutating func start() -> [Action] {
        enqueueNext()
        return flush()
    }

    /// Takes a reply.
    mutating func receive(_ reply: SMTPReply) -> [Action] {
        guard !isClosed else { return [] }
        guard let expectation = expected.popFirst() else { return violation() }
        if reply.code == 421 { return serverCloses(reply, at: expectation) }
        hasRead = true
        if case .data(let index) = expectation { return data(reply, index) }
        guard !reply.isIntermediate else { return violation() }
        switch expectation {
        case .reset, .data:
            break
        case .mail(let index):
            if !reply.isSuccess { outcomes[index] = .messageRefused(reply) }
        case .recipient(let index):
            // Behind a refused MAIL it is 503, and says nothing new.
            if !reply.isSuccess, outcomes[index] == nil {
                outcomes[index] = .recipientRefused(reply)
            }
        case .final(let index):
            // Behind a dot alone there is no news either.
            guard outcomes[index] == .unknown else { break }
            outcomes[index] = reply.isSuccess ? .accepted(reply) : .messageRefused(reply)
        }
        return flush()
    }

    /// The connection has ended: what has no outcome by now was not sent.
    mutating func connectionEnded() {
        isClosed = true
    }

    private mutating func data(_ reply: SMTPReply, _ index: Int) -> [Action] {
        guard reply.isIntermediate || !reply.isSuccess else { return violation() }
        guard reply.isIntermediate else {
            // Behind a refused RCPT this is 503 or 554, and no news. The
            // transaction is open still, and would refuse the next MAIL.
            if outcomes[index] == nil { outcomes[index] = .messageRefused(reply) }
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

    // 421 means that the server closes, whatever it was asked. As the first
    // reply on a connection that was idle it is about that connection; else it
    // counts as the refusal that it is, so that its message is put off rather
    // than tried again at once.
    private mutating func serverCloses(_ reply: SMTPReply, at expectation: Expectation) -> [Action]
    {
        isClosed = true
        guard !isReused || hasRead else { return [.close] }
        switch expectation {
        case .reset:
            break
        case .mail(let index), .recipient(let index), .data(let index):
            if outcomes[index] == nil { outcomes[index] = .messageRefused(reply) }
        case .final(let index):
            if outcomes[index] == .unknown { outcomes[index] = .messageRefused(reply) }
        }
        return [.close]
    }

    private mutating func violation() -> [Action] {
        isClosed = true
        hasRead = true
        return [.close]
    }

    // The commands of the next message that can be sent at all.
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

    // RFC 6531 §3.5: such an address must not go to a server without SMTPUTF8.
    private static func refusal(of message: SubmissionMessage) -> SubmissionOutcome {
        let reply = SMTPReply(
            553,
            EnhancedStatusCode(5, 6, 7),
            "Postfix does not offer SMTPUTF8 to us"
        )
        return message.recipient.isASCII ? .messageRefused(reply) : .recipientRefused(reply)
    }
}

extension SMTPReply {
    /// Whether the server waits for the message, which only DATA may make it do.
    fileprivate var isIntermediate: Bool { (300...399).contains(code) }
}
