import CMilter
import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// Listens for the MTA, and makes a session for each of its connections.
///
/// libmilter can run one milter in a process, once. Put the service into a service
/// group with `successTerminationBehavior: .gracefullyShutdownGroup`, and run the
/// group with `runWhileMainThreadWaits()`, because libmilter also waits for SIGTERM
/// and SIGINT and may receive them first. SIGHUP stops libmilter too: see
/// ``HangupSignal``.
///
/// On shutdown the service stops listening, and returns when every message in
/// `endOfMessage` has its reply. Idle connections stay open until the process
/// ends. Postfix then finds them closed and connects again.
public struct MilterService: Service {
    private let socket: ListeningSocket
    private let socketMode: UInt32?
    private let drainLimit: Duration
    private let filter: MilterFilter

    /// Makes a milter, which starts in ``run()``.
    ///
    /// - Parameters:
    ///   - socket: In libmilter's notation: `unix:/PATH` or `inet:PORT@HOST`. A unix
    ///     socket stops within milliseconds, another one within 5 seconds.
    ///   - socketMode: Permissions of a unix socket; nil leaves them to the umask.
    ///   - drainLimit: The longest wait for pending replies on shutdown.
    ///   - logger: Receives the messages that concern no single session.
    ///   - makeSession: Called once for each connection, on any thread.
    public init(
        socket: String,
        socketMode: UInt32? = nil,
        drainLimit: Duration = .seconds(60),
        logger: Logger,
        makeSession: @escaping @Sendable () -> any MilterSession
    ) {
        self.socket = ListeningSocket(name: socket)
        self.socketMode = socketMode
        self.drainLimit = drainLimit
        filter = MilterFilter(makeSession: makeSession, logger: logger)
    }

    /// Serves until graceful shutdown, cancellation of its task, or a signal.
    ///
    /// - Throws: ``MilterError`` if a milter has already run in this process, or if
    ///   libmilter cannot register the filter, cannot listen, or stops listening.
    public func run() async throws {
        try filter.install()
        guard registerMilterCallbacks() else { throw MilterError.notRegistered }
        try socket.open(mode: socketMode)
        if !HangupSignal.isIgnored {
            filter.logger.warning("SIGHUP would end this process")
        }
        filter.logger.info("listening for the MTA", metadata: ["socket": "\(socket.name)"])
        let isListening = Listening()
        let hasStopped = await withTaskCancellationOrGracefulShutdownHandler {
            await listen(isListening)
        } onCancelOrGracefulShutdown: {
            stop(isListening)
        }
        guard hasStopped else { throw MilterError.listenerFailed }
    }

    private final class Listening: Sendable {
        let isOver = Atomic(false)
    }

    /// Runs libmilter and then waits for pending replies, both on one new thread.
    ///
    /// - Returns: Whether libmilter stopped because it was told to.
    private func listen(_ listening: Listening) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let result = smfi_main()
                listening.isOver.store(true, ordering: .releasing)
                let owed = filter.answers.settle(within: drainLimit)
                if owed > 0 {
                    filter.logger.error(
                        "messages are left without answer",
                        metadata: ["count": "\(owed)"]
                    )
                }
                continuation.resume(returning: result == MI_SUCCESS)
            }
        }
    }

    /// Tells libmilter to stop.
    ///
    /// smfi_stop blocks until the listener notices the stop, which happens every 5
    /// seconds or at a connection. So a second thread connects until it has stopped.
    private func stop(_ listening: Listening) {
        Thread.detachNewThread { _ = smfi_stop() }
        Thread.detachNewThread {
            while !listening.isOver.load(ordering: .acquiring) {
                socket.knock()
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }
}
