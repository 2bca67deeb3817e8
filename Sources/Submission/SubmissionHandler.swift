import NIOCore
import SMTP

/// Connects a channel to one ``SubmissionStateMachine`` for each batch.
///
/// All methods must be called on the channel's event loop.
final class SubmissionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The outcomes of a batch.
    struct Result: Sendable {
        var outcomes: [(id: Int64, outcome: SubmissionOutcome)]
        /// Whether the server had closed the session before the batch started.
        var wasStale: Bool
    }

    private enum Phase {
        case greeting(EventLoopPromise<Void>)
        case hello(EventLoopPromise<Void>)
        case idle
        case batch(EventLoopPromise<Result>)
        case quitting
        case closed
    }

    private let name: String
    private let limits: SubmissionLimits
    private var context: ChannelHandlerContext?
    private var phase: Phase
    private var reader: SMTPReplyReader
    private var extensions = SMTPExtensions()
    // The machine is not a payload of the phase: each reply would copy it.
    private var machine: SubmissionStateMachine?
    private var isReused = false
    private var timer: Scheduled<Void>?
    private var failure = SubmissionError.ended

    /// - Parameters:
    ///   - name: The argument of EHLO.
    ///   - limits: How long to wait, and how much to read.
    ///   - ready: Succeeds after EHLO, and fails if the session cannot start.
    init(name: String, limits: SubmissionLimits, ready: EventLoopPromise<Void>) {
        self.name = name
        self.limits = limits
        phase = .greeting(ready)
        reader = SMTPReplyReader(limits: limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        setTimer(limits.replyTimeout)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Sends a batch; nil if the session is busy or closed.
    func send(_ messages: [SubmissionMessage]) -> EventLoopFuture<Result>? {
        guard case .idle = phase, let context else { return nil }
        let promise = context.eventLoop.makePromise(of: Result.self)
        var machine = SubmissionStateMachine(
            messages: messages,
            extensions: extensions,
            isReused: isReused
        )
        let actions = machine.start()
        isReused = true
        phase = .batch(promise)
        self.machine = machine
        perform(actions, in: context)
        return promise.futureResult
    }

    /// Sends QUIT, and closes after the reply or after a timeout.
    func quit() {
        guard case .idle = phase, let context else {
            self.context?.close(promise: nil)
            return
        }
        phase = .quitting
        setTimer(limits.quitTimeout)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "QUIT\r\n")), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.receive(unwrapInboundIn(data))
        do {
            while let reply = try reader.next() { receive(reply, in: context) }
        } catch {
            failure = .protocolViolation(error)
            context.close(promise: nil)
        }
    }

    private func receive(_ reply: SMTPReply, in context: ChannelHandlerContext) {
        switch phase {
        case .greeting(let promise):
            guard reply.code == 220 else { return refuse(reply, in: context) }
            phase = .hello(promise)
            setTimer(limits.replyTimeout)
            let line = ByteBuffer(string: "EHLO \(name)\r\n")
            context.writeAndFlush(wrapOutboundOut(line), promise: nil)
        case .hello(let promise):
            guard reply.code == 250 else { return refuse(reply, in: context) }
            extensions = SMTPExtensions(hello: reply)
            phase = .idle
            timer?.cancel()
            promise.succeed()
        case .batch:
            guard let actions = machine?.receive(reply) else { break }
            perform(actions, in: context)
        case .idle, .quitting:
            // No command waits for a reply: this is a 421 after an idle time, or a
            // server that counts wrong. The next reply could be matched to the wrong
            // command, so the session ends.
            context.close(promise: nil)
        case .closed:
            break
        }
    }

    private func refuse(_ reply: SMTPReply, in context: ChannelHandlerContext) {
        failure = .refused(reply)
        context.close(promise: nil)
    }

    private func perform(
        _ actions: [SubmissionStateMachine.Action],
        in context: ChannelHandlerContext
    ) {
        for action in actions {
            switch action {
            case .command(let line):
                context.write(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
            case .content(let index):
                for part in machine?.content(index) ?? [] {
                    context.write(wrapOutboundOut(part), promise: nil)
                }
            case .emptyContent:
                context.write(wrapOutboundOut(ByteBuffer(string: ".\r\n")), promise: nil)
            case .close:
                context.close(promise: nil)
                return
            }
        }
        context.flush()
        guard machine?.isFinished == true else {
            let isFinal = machine?.isAwaitingFinal == true
            return setTimer(isFinal ? limits.finalTimeout : limits.replyTimeout)
        }
        finish()
        // Surplus octets would be read as the reply to the next command.
        if !reader.isEmpty { context.close(promise: nil) }
    }

    private func finish() {
        guard case .batch(let promise) = phase, let machine else { return }
        timer?.cancel()
        phase = .idle
        self.machine = nil
        promise.succeed(Result(outcomes: machine.results, wasStale: machine.wasStale))
    }

    private func end() {
        timer?.cancel()
        switch phase {
        case .greeting(let promise), .hello(let promise): promise.fail(failure)
        case .batch:
            machine?.connectionEnded()
            finish()
        case .idle, .quitting, .closed: break
        }
        phase = .closed
    }

    private func setTimer(_ limit: Duration) {
        timer?.cancel()
        guard let channel = context?.channel else { return }
        timer = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) {
            channel.close(promise: nil)
        }
    }
}
