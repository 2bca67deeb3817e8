import CMilter
import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// Listens for the MTA, and gives each of its connections a session.
///
/// A process can run one, once: that is libmilter's limit. Put it into a service
/// group with `successTerminationBehavior: .gracefullyShutdownGroup` and run that
/// with `runWhileMainThreadWaits()`, because libmilter watches SIGTERM and SIGINT
/// too, and could be the one that sees them. It also takes SIGHUP for the end:
/// see ``HangupSignal``.
///
/// On shutdown it listens no more, and ends when the messages that are at their
/// end have been answered. Connections that are idle are left to the end of the
/// process, where Postfix finds them closed and connects anew.
public struct MilterService: Service {
    private let socket: ListeningSocket
    private let socketMode: UInt32?
    private let drainLimit: Duration
    private let filter: MilterFilter

    /// Describes a milter; nothing happens before ``run()``.
    ///
    /// - Parameters:
    ///   - socket: In libmilter's form: `unix:/PATH` or `inet:PORT@HOST`. A unix
    ///     socket stops within milliseconds, another one within 5 seconds.
    ///   - socketMode: Permissions of a unix socket; nil leaves them to the umask.
    ///   - drainLimit: How long answers are waited for on shutdown.
    ///   - logger: For what concerns no session.
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

    /// Serves until the group shuts down, its task is cancelled, or a signal.
    ///
    /// - Throws: ``MilterError``, if it cannot listen (any more).
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

    /// Runs libmilter and then the drain, on a thread of their own.
    ///
    /// - Returns: Whether libmilter ended because it was told to.
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
    /// smfi_stop blocks until the listener looks up from waiting for a
    /// connection, which it does every 5 seconds, so it gets connections.
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
