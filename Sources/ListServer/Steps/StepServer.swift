import Foundation
import LMTP
public import Logging
import NIOCore
import NIOPosix
public import SMTP
public import ServiceLifecycle

/// The helper beside the daemon: runs programs of the administrator's for it.
///
/// In a process and a sandbox of its own: what a program may do (ask a directory
/// over the network, say) the daemon, which holds the lists' keys, must not.
public struct StepServer: Service {
    /// Programs that run at once.
    static let maximumPrograms = 8
    /// Seconds for a request to come.
    static let patience = 10

    private let socket: SocketPath
    private let logger: Logger
    private let threads = NIOThreadPool(numberOfThreads: Self.maximumPrograms)
    private var pool: BlockingPool { BlockingPool(threads) }
    private let run: @Sendable (StepRequest) throws -> StepResult

    /// Builds the service.
    ///
    /// - Parameters:
    ///   - socket: Where it listens; whoever can open it is believed.
    ///   - logger: Gets no addresses.
    ///   - run: Runs a program to its end, and may block.
    public init(
        socket: SocketPath,
        logger: Logger,
        run: @escaping @Sendable (StepRequest) throws -> StepResult
    ) {
        self.socket = socket
        self.logger = logger
        self.run = run
    }

    /// Serves until shutdown.
    public func run() async throws {
        let listener = try await LocalListener.listen(on: socket)
        defer { LocalListener.remove(socket) }
        threads.start()
        // Not awaited: a program that hangs would keep the process from ending.
        defer { threads.shutdownGracefully { _ in } }
        logger.info("the helper listens", metadata: ["socket": "\(socket)"])
        try await withGracefulShutdownHandler {
            try await listener.executeThenClose { connections in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    var running = 0
                    for try await connection in connections {
                        if running == Self.maximumPrograms {
                            try await group.next()
                            running -= 1
                        }
                        running += 1
                        group.addTask { await serve(connection) }
                    }
                    try await group.waitForAll()
                }
            }
        } onGracefulShutdown: {
            listener.channel.close(promise: nil)
        }
    }

    private func serve(_ connection: LocalListener.Connection) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                let idle = connection.channel.eventLoop.scheduleTask(
                    in: .seconds(Int64(Self.patience))
                ) { connection.channel.close(promise: nil) }
                var lines = LineCollector(limit: StepRequest.maximumLength)
                for try await octets in inbound {
                    guard let line = try lines.take(octets) else { continue }
                    idle.cancel()
                    let request = try StepInput.decoder()
                        .decode(StepRequest.self, from: Data(line))
                    let answer = await answer(to: request)
                    let text = try StepInput.encoder().encode(answer)
                    try await outbound.write(ByteBuffer(bytes: text + [0x0a]))
                    return
                }
            }
        } catch {
            logger.warning("a request has failed: \(error)")
        }
    }

    private func answer(to request: StepRequest) async -> StepResult {
        do {
            let answer = try await pool.run { [run] in try run(request) }
            logger.notice(
                "a program has decided",
                metadata: [
                    "program": "\(request.program)", "list": "\(request.input.list)",
                    "decision": "\(answer.decision.rawValue)",
                ]
            )
            return answer
        } catch {
            logger.error("a program cannot be run: \(error)")
            return StepResult(.failed, "\(error)")
        }
    }
}
