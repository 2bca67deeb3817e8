import Dispatch
import Foundation
import OpenPGP

/// How many operations one list's agent serves at once; the others block.
///
/// An agent's secure memory is finite, and more processes than twice the cores
/// only take each other's time.
struct OperationSlots: Sendable {
    private let semaphore: DispatchSemaphore

    init(count: Int = 2 * ProcessInfo.processInfo.activeProcessorCount) {
        semaphore = DispatchSemaphore(value: count)
    }

    /// Waits for a slot, and keeps it while the work lasts.
    func run<Result: ~Copyable, Failure: Error>(
        _ work: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        semaphore.wait()
        defer { semaphore.signal() }
        return try work()
    }
}
