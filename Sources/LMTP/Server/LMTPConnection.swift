import Logging
import NIOCore
import NIOPosix
import SMTP
import ServiceLifecycle

/// Connects one ``LMTPStateMachine`` to a client and to the handler.
struct LMTPConnection: Sendable {
    let connection: LocalListener.Connection
    let limits: LMTPLimits
    let pool: NIOThreadPool
    let octets: Allowance
    let logger: Logger
    let handler: any LMTPHandler

    /// The octets of pipelined replies after which the connection writes them.
    private static let outputLimit = 16 << 10

    /// Serves the client until the client or the server closes the connection.
    func serve() async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                // Shutdown ends a connection that waits for a command. A connection
                // that waits for the handler continues.
                try await withGracefulShutdownHandler {
                    try await converse(inbound, outbound)
                } onGracefulShutdown: {
                    connection.channel.close(mode: .input, promise: nil)
                }
            }
        } catch {
            logger.debug("LMTP connection lost: \(error)")
        }
    }

    private func converse(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        var held = 0
        defer { _ = octets.take(-held) }
        var machine = LMTPStateMachine(limits: limits)
        var deadlines = LMTPDeadlines(limits: limits)
        var output = ByteBuffer()
        output.writeReply(LMTPReplies.greeting)
        var iterator = inbound.makeAsyncIterator()
        while true {
            switch machine.next() {
            case .reply(let reply):
                output.writeReply(reply)
                deadlines.commandEnded()
                if output.readableBytes > Self.outputLimit { try await write(&output, outbound) }
            case .recipient(let recipient, let client):
                let handler = handler
                let reply = await offLoop {
                    handler.recipient(
                        recipient.address,
                        argument: recipient.argument,
                        client: client
                    )
                }
                guard let reply else { return }
                machine.answerRecipient(reply)
            case .message(let message):
                try await write(&output, outbound)
                let handler = handler
                guard let replies = await offLoop({ handler.message(message) }) else { return }
                machine.answerMessage(replies)
            case .close(let reply):
                output.writeReply(reply)
                return try await write(&output, outbound)
            case nil:
                account(&machine, &held)
                try await write(&output, outbound)
                let limit = deadlines.next(isReceivingMessage: machine.isReceivingMessage)
                guard !Task.isShuttingDownGracefully,
                    let chunk = try await read(&iterator, until: limit)
                else {
                    if Task.isShuttingDownGracefully { output.writeReply(LMTPReplies.shuttingDown) }
                    return try await write(&output, outbound)
                }
                machine.receive(chunk)
                account(&machine, &held)
            }
        }
    }

    private func account(_ machine: inout LMTPStateMachine, _ held: inout Int) {
        if octets.take(machine.heldOctets - held) {
            held = machine.heldOctets
        } else {
            machine.giveUpMessage()
            _ = octets.take(-held)
            held = 0
        }
    }

    private func read(
        _ iterator: inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        until deadline: NIODeadline
    ) async throws -> ByteBuffer? {
        let channel = connection.channel
        let timer = channel.eventLoop.scheduleTask(deadline: deadline) {
            channel.writeAndFlush(ByteBuffer(reply: LMTPReplies.idle), promise: nil)
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        return try await iterator.next()
    }

    private func write(
        _ output: inout ByteBuffer,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        guard output.readableBytes > 0 else { return }
        let channel = connection.channel
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(limits.writeTimeout)) {
            channel.close(promise: nil)
        }
        defer { timer.cancel() }
        try await outbound.write(output)
        output.clear()
    }

    // Nil if this task was cancelled. The call itself cannot be stopped and runs on.
    private func offLoop<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async -> Value? {
        let (values, continuation) = AsyncStream<Value>.makeStream()
        pool.submit { state in
            switch state {
            case .active: continuation.yield(body())
            case .cancelled: break
            }
            continuation.finish()
        }
        return await values.first { _ in true }
    }
}
