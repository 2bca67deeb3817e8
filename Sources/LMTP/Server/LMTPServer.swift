public import Logging
import NIOCore
import NIOPosix
public import SMTP
public import ServiceLifecycle

/// An LMTP server for Postfix's `lmtp(8)` on the same host.
///
/// It believes XFORWARD of everybody who can connect, so it listens on a UNIX
/// socket of mode 0660, or on a loopback address.
///
/// At shutdown it stops listening, ends each connection that waits for its
/// client, answers those messages whose final dot was read, and then returns;
/// what takes longer than ``LMTPLimits/shutdownGrace`` stays without an answer,
/// and Postfix sends it again.
///
/// - SeeAlso: [RFC 2033](https://www.rfc-editor.org/rfc/rfc2033)
public struct LMTPServer: Service, Sendable {
    private let socket: SocketPath
    private let limits: LMTPLimits
    private let threads: Int
    private let logger: Logger
    private let handler: any LMTPHandler

    /// Builds a server; nothing happens before ``run()``.
    ///
    /// - Parameters:
    ///   - socket: Where to listen.
    ///   - limits: What it takes of memory, time and patience.
    ///   - threads: How many calls of the handler run at once.
    ///   - logger: Gets no addresses and no content.
    ///   - handler: Answers for recipients and messages.
    public init(
        socket: SocketPath,
        limits: LMTPLimits = LMTPLimits(),
        threads: Int,
        logger: Logger,
        handler: any LMTPHandler
    ) {
        self.socket = socket
        self.limits = limits
        self.threads = threads
        self.logger = logger
        self.handler = handler
    }

    /// Serves until graceful shutdown.
    ///
    /// Throws ``LMTPServerError``, or what the system says when it cannot bind.
    public func run() async throws {
        let listener = try await LocalListener.listen(on: socket)
        defer { LocalListener.remove(socket) }
        let pool = NIOThreadPool(numberOfThreads: max(1, threads))
        pool.start()
        // Not awaited: a call that hangs would keep the process from ending.
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
        let octets = Allowance(limits.bufferedOctets)
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
