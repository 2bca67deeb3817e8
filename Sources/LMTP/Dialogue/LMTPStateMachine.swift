import NIOCore
import SMTP

/// The server side of one LMTP session, without I/O: octets in, actions out.
///
/// The caller calls ``next()`` until it returns nil. Then it reads from the client
/// and calls ``receive(_:)``. After an action that asks the handler, the caller must
/// give the answer before it calls ``next()`` again. So replies keep the order of
/// the commands when a client pipelines them.
///
/// - SeeAlso: [RFC 2033](https://www.rfc-editor.org/rfc/rfc2033)
/// - SeeAlso: [RFC 2920 §3.2](https://www.rfc-editor.org/rfc/rfc2920#section-3.2)
struct LMTPStateMachine: Sendable {
    /// The action that the caller does next.
    enum Action: Sendable, Hashable {
        case reply(SMTPReply)
        /// Ask the handler about a recipient, and then call ``answerRecipient(_:)``.
        case recipient(Envelope.Recipient, client: LMTPClient)
        /// Give a message to the handler, and then call ``answerMessage(_:)``.
        case message(LMTPMessage)
        /// Write this reply and close the connection.
        case close(SMTPReply)
    }

    private enum Phase: Sendable {
        case greeted
        case ready
        case transaction
        case data
        /// The handler has not answered yet.
        case asking
        case closed
    }

    private let limits: LMTPLimits
    private var phase = Phase.greeted
    private var input = ByteBuffer()
    private var badCommands = 0
    private var client = LMTPClient()
    // The transaction is not a payload of the phase: taking a growing array out of an
    // enum and putting it back copies it at every read.
    private var transaction: LMTPTransaction?
    private var question: Envelope.Recipient?
    private var reader = MessageDataReader(limit: 0)
    private var replies: ArraySlice<SMTPReply> = []
    private var isOutOfMemory = false

    /// Starts after the greeting, which the caller has written.
    init(limits: LMTPLimits) {
        self.limits = limits
    }

    /// Whether the client is sending a message.
    var isReceivingMessage: Bool { phase == .data }

    /// Octets in memory of the message that the client is sending.
    var heldOctets: Int { phase == .data ? reader.bytes.count + input.readableBytes : 0 }

    /// Adds octets from the client.
    mutating func receive(_ octets: ByteBuffer) {
        if input.readableBytes == 0 {
            input = octets
        } else {
            input.discardReadBytes()
            input.writeImmutableBuffer(octets)
        }
    }

    /// Drops the message that the client is sending; its recipients get 452.
    mutating func giveUpMessage() {
        isOutOfMemory = true
        reader.discard()
    }

    /// The next action; nil if the client has to send more.
    mutating func next() -> Action? {
        if let reply = replies.popFirst() { return .reply(reply) }
        switch phase {
        case .greeted, .ready, .transaction: return nextCommand()
        case .data: return endOfMessage()
        case .asking, .closed: return nil
        }
    }

    /// Gives the handler's reply for the recipient of the last action.
    mutating func answerRecipient(_ reply: SMTPReply) {
        if (200...299).contains(reply.code), let question {
            transaction?.envelope.recipients.append(question)
        }
        question = nil
        phase = .transaction
        replies.append(reply)
    }

    /// Gives the handler's replies for a message, one for each recipient.
    mutating func answerMessage(_ answers: [SMTPReply]) {
        let count = transaction?.envelope.recipients.count ?? 0
        let missing = max(0, count - answers.count)
        replies += answers.prefix(count) + Array(repeating: LMTPReplies.noAnswer, count: missing)
        reset()
    }

    // RFC 2033 §4.2: one reply for each recipient that was accepted.
    private mutating func endOfMessage() -> Action? {
        guard reader.read(&input) else { return nil }
        guard let envelope = transaction?.envelope else { return close(LMTPReplies.sequence) }
        if isOutOfMemory {
            answerMessage(
                Array(repeating: LMTPReplies.noMemory, count: envelope.recipients.count)
            )
            return next()
        }
        phase = .asking
        defer { reader = MessageDataReader(limit: 0) }
        return .message(
            LMTPMessage(
                client: client,
                envelope: envelope,
                bytes: reader.bytes,
                size: reader.size
            )
        )
    }

    private mutating func nextCommand() -> Action? {
        switch LMTPLine(from: &input, limit: limits.commandLine) {
        case nil: nil
        case .garbage: close(LMTPReplies.garbage)
        case .text(let line): perform(line)
        }
    }

    // A recipient with a control character came through Postfix, and is for the handler.
    private mutating func perform(_ line: String) -> Action {
        let command = LMTPCommand(line)
        if case .recipient = command { return perform(command) }
        return LMTPLine.hasControls(line) ? close(LMTPReplies.garbage) : perform(command)
    }

    private mutating func perform(_ command: LMTPCommand) -> Action {
        switch command {
        case .hello:
            reset()
            phase = .ready
            return .reply(LMTPReplies.extensions)
        case .forward(let attributes):
            return forward(attributes)
        case .mail(let path, let parameters):
            return mail(path, parameters)
        case .recipient(let path, let parameters):
            return recipient(path, parameters)
        case .data:
            return data()
        case .reset:
            reset()
            return .reply(LMTPReplies.ok)
        case .noOperation:
            return .reply(LMTPReplies.ok)
        case .verify:
            return .reply(LMTPReplies.cannotVerify)
        case .quit:
            return close(LMTPReplies.bye)
        case .malformed:
            return bad(LMTPReplies.syntax)
        case .unknown:
            return bad(LMTPReplies.unknownCommand)
        }
    }

    private mutating func forward(_ attributes: [ESMTPParameter]) -> Action {
        guard phase == .ready else { return bad(LMTPReplies.sequence) }
        guard let client = XForward.apply(attributes, to: client) else {
            return bad(LMTPReplies.syntax)
        }
        self.client = client
        return .reply(LMTPReplies.ok)
    }

    private mutating func mail(_ path: String, _ parameters: [ESMTPParameter]) -> Action {
        guard phase == .ready else { return bad(LMTPReplies.sequence) }
        do {
            transaction = try LMTPTransaction(path: path, parameters)
            phase = .transaction
            return .reply(LMTPReplies.reversePath)
        } catch {
            client = LMTPClient()
            return .reply(error.reply)
        }
    }

    private mutating func recipient(_ path: String, _ parameters: [ESMTPParameter]) -> Action {
        guard phase == .transaction, let transaction else { return bad(LMTPReplies.sequence) }
        do {
            let recipient = try transaction.recipient(
                path: path,
                parameters,
                limit: limits.recipients
            )
            question = recipient
            phase = .asking
            return .recipient(recipient, client: client)
        } catch {
            return .reply(error.reply)
        }
    }

    private mutating func data() -> Action {
        guard phase == .transaction, let transaction else { return bad(LMTPReplies.sequence) }
        // RFC 2033 §4.2: 503 if no RCPT succeeded. A client that pipelined DATA after
        // refused recipients has not broken the protocol, so this is not counted.
        guard !transaction.envelope.recipients.isEmpty else {
            return .reply(LMTPReplies.noRecipients)
        }
        reader = MessageDataReader(limit: limits.messageSize)
        isOutOfMemory = false
        phase = .data
        return .reply(LMTPReplies.start)
    }

    // The XFORWARD attributes belong to one transaction. On a reused connection the
    // next message must not get the client address of this one.
    private mutating func reset() {
        transaction = nil
        client = LMTPClient()
        reader = MessageDataReader(limit: 0)
        if phase != .greeted { phase = .ready }
    }

    private mutating func bad(_ reply: SMTPReply) -> Action {
        badCommands += 1
        return badCommands < limits.badCommands ? .reply(reply) : close(LMTPReplies.tooManyErrors)
    }

    private mutating func close(_ reply: SMTPReply) -> Action {
        phase = .closed
        return .close(reply)
    }
}
