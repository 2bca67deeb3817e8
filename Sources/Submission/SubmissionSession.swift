public import Logging
import NIOCore
import NIOPosix
public import SMTP

/// One SMTP session with Postfix, which sends any number of batches.
///
/// Every message of a batch gets exactly one outcome, whatever the server does.
/// Postfix closes idle sessions. The next batch then opens a new session once, before
/// it reports a message as not sent.
public actor SubmissionSession {
    private let socket: SocketPath
    private let name: String
    private let limits: SubmissionLimits
    private let logger: Logger
    private var channel: any Channel
    private var isBusy = false

    private init(
        socket: SocketPath,
        name: String,
        limits: SubmissionLimits,
        logger: Logger,
        channel: any Channel
    ) {
        self.socket = socket
        self.name = name
        self.limits = limits
        self.logger = logger
        self.channel = channel
    }

    /// Connects, and sends EHLO.
    ///
    /// - Parameters:
    ///   - socket: The socket on which Postfix's `smtpd(8)` listens.
    ///   - name: The argument of EHLO, which Postfix writes into Received.
    ///   - limits: How long to wait, and how much to read.
    ///   - logger: Receives no addresses and no content of messages.
    /// - Returns: A session that is ready to send.
    /// - Throws: ``SubmissionError`` if Postfix refuses the session, ends it, or does not
    ///   speak SMTP; an error of the system if there is no connection.
    public static func connect(
        to socket: SocketPath,
        name: String = "localhost",
        limits: SubmissionLimits = SubmissionLimits(),
        logger: Logger
    ) async throws -> SubmissionSession {
        SubmissionSession(
            socket: socket,
            name: name,
            limits: limits,
            logger: logger,
            channel: try await open(socket, name, limits)
        )
    }

    /// Whether the connection is open; false as soon as the system reports its end.
    public var isUsable: Bool { channel.isActive }

    /// Sends messages, and returns the outcome of each, in their order.
    ///
    /// Cancellation of the task closes the connection, and the outcomes are those known
    /// by then. A second batch during a call is not sent, and its outcomes say so.
    public func send(
        _ messages: [SubmissionMessage]
    ) async -> [(id: Int64, outcome: SubmissionOutcome)] {
        guard !messages.isEmpty, !isBusy else { return messages.map { ($0.id, .notSent) } }
        isBusy = true
        defer { isBusy = false }
        let first = await exchange(messages)
        guard first.wasStale else { return first.outcomes }
        logger.debug("the session with Postfix was idle and has ended; opening another")
        do {
            channel = try await Self.open(socket, name, limits)
        } catch {
            logger.debug("no new session with Postfix: \(error)")
            return first.outcomes
        }
        return await exchange(messages).outcomes
    }

    /// Sends QUIT, and closes the connection.
    public func quit() async {
        let channel = channel
        channel.eventLoop.execute {
            try? channel.pipeline.syncOperations.handler(type: SubmissionHandler.self).quit()
        }
        try? await channel.closeFuture.get()
    }

    private func exchange(_ messages: [SubmissionMessage]) async -> SubmissionHandler.Result {
        let channel = channel
        // The pipeline of a closed channel has no handlers, so this is its result.
        let gone = SubmissionHandler.Result(
            outcomes: messages.map { ($0.id, .notSent) },
            wasStale: true
        )
        return await withTaskCancellationHandler {
            let result = try? await channel.eventLoop.flatSubmit {
                let pipeline = channel.pipeline.syncOperations
                let handler = try? pipeline.handler(type: SubmissionHandler.self)
                return handler?.send(messages) ?? channel.eventLoop.makeSucceededFuture(gone)
            }
            .get()
            return result ?? gone
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private static func open(
        _ socket: SocketPath,
        _ name: String,
        _ limits: SubmissionLimits
    ) async throws -> any Channel {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(TimeAmount(limits.connectTimeout))
        // A host name may have several addresses, and NIO makes a channel for each.
        // Each channel has its own promise; only the returned channel's counts.
        let prepare: @Sendable (any Channel) -> EventLoopFuture<Opening> = { channel in
            channel.eventLoop.makeCompletedFuture {
                let ready = channel.eventLoop.makePromise(of: Void.self)
                try channel.pipeline.syncOperations.addHandler(
                    SubmissionHandler(name: name, limits: limits, ready: ready)
                )
                return Opening(channel: channel, ready: ready.futureResult)
            }
        }
        let opening =
            switch socket {
            case .unix(let path):
                try await bootstrap.connect(
                    unixDomainSocketPath: path,
                    channelInitializer: prepare
                )
            case .inet(let host, let port):
                try await bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .connect(host: host, port: port, channelInitializer: prepare)
            }
        try await opening.ready.get()
        return opening.channel
    }

    private struct Opening: Sendable {
        let channel: any Channel
        let ready: EventLoopFuture<Void>
    }
}
