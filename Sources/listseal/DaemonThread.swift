import Dispatch
import Synchronization

/// Runs the daemon in a task, and keeps the main thread for signals.
enum DaemonThread {
    private final class Result: Sendable {
        let error = Mutex<(any Error)?>(nil)
    }

    /// Waits on the main thread until the body is done; throws what it throws.
    static func runToEnd(_ body: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let result = Result()
        Task {
            do {
                try await body()
            } catch {
                result.error.withLock { $0 = error }
            }
            done.signal()
        }
        done.wait()
        if let error = result.error.withLock({ $0 }) { throw error }
    }
}
