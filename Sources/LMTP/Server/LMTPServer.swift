public import Logging
import NIOCore
import NIOPosix
public import SMTP
public import ServiceLifecycle

/// An LMTP server for Postfix's `lmtp(8)` on the same host.
///
/// The server trusts XFORWARD from every client that can connect, so it listens only
/// on a UNIX socket of mode 0660 or on a loopback address.
///
/// At shutdown the server stops listening and closes each connection that waits for
/// its client. It answers the messages whose final dot it has read, and returns.
/// A message that takes longer than ``LMTPLimits/shutdownGrace`` gets no reply, and
/// Postfix sends it again.
///
/// - SeeAlso: [RFC 2033](https://www.rfc-editor.org/rfc/rfc2033)
public struct LMTPServer: Service, Sendable {
    private let socket: SocketPath
    private let limits: LMTPLimits
    private let octets: Allowance
    private let threads: Int
    private let logger: Logger
    private let handler: any LMTPHandler

    /// Makes a server, which starts in ``run()``.
    ///
    /// - Parameters:
    ///   - socket: The socket to listen on.
    ///   - limits: Sizes, numbers and times.
    ///   - octets: The octets of messages in memory, which other doors can share; nil for
    ///     ``LMTPLimits/bufferedOctets`` of its own.
    ///   - threads: The number of handler calls that run at the same time.
    ///   - logger: Receives no addresses and no content of messages.
    ///   - handler: Decides about recipients and messages.
    public init(
        socket: SocketPath,
        limits: LMTPLimits = LMTPLimits(),
        octets: Allowance? = nil,
        threads: Int,
        logger: Logger,
        handler: any LMTPHandler
    ) {
        self.socket = socket
        self.limits = limits
        self.octets = octets ?? Allowance(limits.bufferedOctets)
        self.threads = threads
        self.logger = logger
        self.handler = handler
    }

    /// Serves until graceful shutdown.
    ///
    /// - Throws: ``LMTPServerError`` if another process listens on the socket or other
    ///   hosts could connect; an error of the system if the server cannot bind.
    public func run() async throws {
        let listener = try await LocalListener.listen(on: socket)
        defer { LocalListener.remove(socket) }
        let pool = NIOThreadPool(numberOfThreads: max(1, threads))
        pool.start()
        // Do not wait for the pool: a handler call that hangs would block shutdown.
        defer { pool.shutdownGracefully { _ in } }
        logger.info("LMTP gate listens", metadata: ["socket": "\(socket)"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serve(listener, pool) }
            group.addTask { [limits] in
                try await gracefulShutdown()
                try await listener.channel.close()
                try await Task.sleep(for: limits.shutdownGrace)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func serve(
        _ listener: NIOAsyncChannel<LocalListener.Connection, Never>,
        _ pool: NIOThreadPool
    ) async throws {
        let places = Allowance(limits.connections)
        try await listener.executeThenClose { inbound in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in inbound {
                    group.addTask {
                        guard places.take(1) else { return await refuse(connection) }
                        defer { _ = places.take(-1) }
                        await LMTPConnection(
                            connection: connection,
                            limits: limits,
                            pool: pool,
                            octets: octets,
                            logger: logger,
                            handler: handler
                        )
                        .serve()
                    }
                }
            }
        }
    }

    private func refuse(_ connection: LocalListener.Connection) async {
        logger.warning("LMTP gate has too many connections")
        try? await connection.executeThenClose { _, outbound in
            try await outbound.write(ByteBuffer(reply: LMTPReplies.tooManyConnections))
        }
    }
}
