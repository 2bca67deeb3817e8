#if DEBUG
import Foundation
#endif

/// The named moments at which a crash must lose nothing.
///
/// A debug build kills itself, like `kill -9`, at the moment that the environment
/// variable `LISTSEAL_CRASH_AT` names. The tests use all of them. A release build does
/// not contain this code.
enum CrashPoint: String, CaseIterable {
    /// The message is complete and not processed yet.
    case received
    /// The message is open in memory.
    case opened
    /// The message is sealed in memory.
    case sealed
    /// The message is on disk and the peer has no reply.
    case committed
    /// The reply is about to be sent.
    case answering
    /// A program has decided about a workflow, and the decision is not stored.
    case deciding
    /// A window of deliveries has been read.
    case windowRead = "window-read"
    /// The copies of the window are made.
    case copiesMade = "copies-made"
    /// Postfix has accepted the copies.
    case copiesSent = "copies-sent"
    /// The store has recorded that Postfix accepted the copies.
    case settled
    /// All due deliveries have been sent.
    case passDone = "pass-done"

    /// Kills the process if this moment was chosen.
    func reached() {
        #if DEBUG
        if ProcessInfo.processInfo.environment["LISTSEAL_CRASH_AT"] == rawValue {
            kill(ProcessInfo.processInfo.processIdentifier, SIGKILL)
        }
        #endif
    }
}
