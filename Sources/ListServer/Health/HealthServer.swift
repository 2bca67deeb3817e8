import Foundation
import LMTP
public import Logging
public import MailingList
import NIOCore
import SMTP
public import ServiceLifecycle

/// Answers questions about the daemon's health, on a unix socket in the state directory.
///
/// A client sends one line and reads one line; only root and the daemon's user can connect.
/// The answer tells what the daemon has in memory, so it is there while the database is locked
/// or the disk is full.
public struct HealthServer: Service {
    /// The longest question, in octets.
    static let maximumQuestion = 256
    /// The time for a question to arrive, in seconds.
    static let patience = 10

    private let socket: String
    private let doors: DoorSockets
    private let store: any ListStore
    private let alarms: Alarms
    private let jumps: ClockJumpDetector
    private let logger: Logger
    private let started = Date()

    /// Makes a server, which starts in ``run()``.
    public init(
        socket: String,
        doors: DoorSockets,
        store: any ListStore,
        alarms: Alarms,
        jumps: ClockJumpDetector,
        logger: Logger
    ) {
        self.socket = socket
        self.doors = doors
        self.store = store
        self.alarms = alarms
        self.jumps = jumps
        self.logger = logger
    }

    /// Answers until shutdown.
    ///
    /// A daemon that cannot listen here still serves mail.
    public func run() async throws {
        do {
            let listener = try await LocalListener.listen(on: .unix(path: socket))
            defer { LocalListener.remove(.unix(path: socket)) }
            try await withGracefulShutdownHandler {
                try await listener.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await connection in connections {
                            group.addTask { await serve(connection) }
                        }
                    }
                }
            } onGracefulShutdown: {
                listener.channel.close(promise: nil)
            }
        } catch {
            logger.error("nobody can ask the daemon how it is: \(error)")
            try await gracefulShutdown()
        }
    }

    private func serve(_ connection: LocalListener.Connection) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                let idle = connection.channel.eventLoop.scheduleTask(
                    in: .seconds(Int64(Self.patience))
                ) { connection.channel.close(promise: nil) }
                defer { idle.cancel() }
                var lines = LineCollector(limit: Self.maximumQuestion)
                for try await octets in inbound {
                    guard let line = try lines.take(octets) else { continue }
                    idle.cancel()
                    let question = HealthQuestion(line: String(decoding: line, as: UTF8.self))
                    let answer = try await BlockingPool().run { try self.answer(to: question) }
                    try await outbound.write(ByteBuffer(bytes: answer + [0x0a]))
                    return
                }
            }
        } catch {
            logger.debug("a question about health has no answer: \(error)")
        }
    }

    func answer(to question: HealthQuestion?) throws -> [UInt8] {
        switch question {
        case .health: return try report().line()
        case .acknowledge(let alarm):
            alarms.clear(alarm)
        case .acceptClock:
            jumps.accept()
            alarms.clear(.clock)
        case nil: return Array("unknown question".utf8)
        }
        return Array(HealthQuestion.done.utf8)
    }

    private func report() -> HealthReport {
        HealthReport(
            process: ProcessInfo.processInfo.processIdentifier,
            started: started,
            doors: doors,
            alarms: alarms.current,
            storeFailure: storeFailure()
        )
    }

    // Writes the latest time once more: a page goes to the disk, and nothing changes.
    private func storeFailure() -> String? {
        do {
            try store.transaction { try $0.advanceClock(to: Date(timeIntervalSince1970: 0)) }
            return nil
        } catch {
            return "\(error)"
        }
    }
}
