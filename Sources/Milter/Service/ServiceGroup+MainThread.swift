import Glibc
import NIOConcurrencyHelpers
public import ServiceLifecycle

extension ServiceGroup {
    /// Runs the group while the main thread waits for SIGTERM and SIGINT.
    ///
    /// libmilter waits for these signals in its own thread. If that thread receives
    /// one first, the group does not learn of it, and libmilter's listener notices it
    /// only up to 5 seconds later. The kernel prefers the main thread if it waits for
    /// the signal, so the main thread waits here. It never blocks SIGHUP meanwhile
    /// (``HangupSignal``). Name no signals in the configuration of the group.
    ///
    /// - Precondition: Called on the main thread, after ``HangupSignal/ignore()``.
    /// - Throws: The error that a service of the group threw.
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

    // HangupSignal.ignore() has blocked this signal, and nothing else uses it.
    private nonisolated static var wake: CInt { SIGUSR2 }
}

/// Passes the result of the group from its task to the main thread.
private final class GroupEnd: Sendable {
    private let state = NIOLockedValueBox<Result<Void, any Error>?>(nil)

    var result: Result<Void, any Error>? { state.withLockedValue { $0 } }

    func finish(with result: Result<Void, any Error>) {
        state.withLockedValue { $0 = result }
    }
}
