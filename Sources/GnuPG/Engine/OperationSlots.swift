import Dispatch
import Foundation
import OpenPGP

/// Limits how many operations run at once; further callers block.
///
/// The secure memory of an agent is limited, and more processes than twice the number of
/// cores only slow each other down.
struct OperationSlots: Sendable {
    private let semaphore: DispatchSemaphore

    init(count: Int = 2 * ProcessInfo.processInfo.activeProcessorCount) {
        semaphore = DispatchSemaphore(value: count)
    }

    /// Waits for a free slot and holds it while the work runs.
    func run<Result: ~Copyable, Failure: Error>(
        _ work: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        semaphore.wait()
        defer { semaphore.signal() }
        return try work()
    }
}
