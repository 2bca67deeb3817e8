import Foundation
import LMTP
public import Logging
import NIOCore
import NIOPosix
public import SMTP
public import ServiceLifecycle

/// The helper process, which runs the administrator's programs for the daemon.
///
/// It has its own process and sandbox. A program may use the network, for example to
/// ask a directory. The daemon, which has the lists' keys, must not.
public struct StepServer: Service {
    /// The number of programs that run at the same time.
    static let maximumPrograms = 8
    /// The time for a request to arrive, in seconds.
    static let patience = 10

    private let socket: SocketPath
    private let logger: Logger
    private let threads = NIOThreadPool(numberOfThreads: Self.maximumPrograms)
    private var pool: BlockingPool { BlockingPool(threads) }
    private let run: @Sendable (StepRequest) throws -> StepResult

    /// Makes a helper, which starts in ``run()``.
    ///
    /// - Parameters:
    ///   - socket: The socket to listen on; every client that can connect is trusted.
    ///   - logger: Receives no addresses.
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
    ///
    /// - Throws: An error of the system if the helper cannot listen.
    public func run() async throws {
        let listener = try await LocalListener.listen(on: socket)
        defer { LocalListener.remove(socket) }
        threads.start()
        // Do not wait for the threads: a program that hangs would block shutdown.
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
