import Glibc
import NIOConcurrencyHelpers
public import ServiceLifecycle

extension ServiceGroup {
    /// Runs the group, while the main thread waits for SIGTERM and SIGINT.
    ///
    /// libmilter waits for these signals in a thread of its own. When that one
    /// is the first to see them, the group does not hear of it, and libmilter's
    /// listener only 5 seconds later. The kernel gives a signal to the main
    /// thread before all others if that waits for it, so it must; and a main
    /// thread that waits here never blocks SIGHUP (``HangupSignal``). Name no
    /// signals in the group's own configuration.
    ///
    /// - Precondition: Called on the main thread, after ``HangupSignal/ignore()``.
    /// - Throws: What a service of the group threw.
    public nonisolated func runWhileMainThreadWaits() throws {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, Self.wake] { unsafe sigaddset(&signals, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        let main = pthread_self()
        let end = GroupEnd()
        Task {
            do {
                try await run()
                end.finish(with: .success(()))
            } catch {
                end.finish(with: .failure(error))
            }
            pthread_kill(main, Self.wake)
        }
        while true {
            if let result = end.result { return try result.get() }
            var signal: CInt = 0
            guard unsafe sigwait(&signals, &signal) == 0, signal != Self.wake else { continue }
            Task { await triggerGracefulShutdown() }
        }
    }

    // Blocked since HangupSignal.ignore(), and used for nothing else.
    private nonisolated static var wake: CInt { SIGUSR2 }
}

/// How a group ended, told from its task to the main thread.
private final class GroupEnd: Sendable {
    private let state = NIOLockedValueBox<Result<Void, any Error>?>(nil)

    var result: Result<Void, any Error>? { state.withLockedValue { $0 } }

    func finish(with result: Result<Void, any Error>) {
        state.withLockedValue { $0 = result }
    }
}
