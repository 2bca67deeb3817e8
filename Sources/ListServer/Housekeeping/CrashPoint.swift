#if DEBUG
import Foundation
#endif

/// The moments at which a crash must lose nothing, by name.
///
/// In a debug build the daemon kills itself, as `kill -9` would, when it reaches
/// the one that `LISTSEAL_CRASH_AT` names; the tests go through all of them. A
/// release build has no messageContext of this.
enum CrashPoint: String, CaseIterable {
    /// The message is complete and nothing has been done.
    case received
    /// It is open, in memory.
    case opened
    /// It is sealed, in memory.
    case sealed
    /// Everything is on disk, and nobody has been told.
    case committed
    /// The answer is about to be given.
    case answering
    /// A program has decided about somebody, and nothing has come of it.
    case deciding
    /// A window of rows has been read.
    case windowRead = "window-read"
    /// Its copies are made.
    case copiesMade = "copies-made"
    /// Postfix has them.
    case copiesSent = "copies-sent"
    /// The store knows that Postfix has them.
    case settled
    /// Everything that was due has been sent.
    case passDone = "pass-done"

    /// Ends the process if this is the moment.
    func reached() {
        #if DEBUG
        if ProcessInfo.processInfo.environment["LISTSEAL_CRASH_AT"] == rawValue {
            kill(ProcessInfo.processInfo.processIdentifier, SIGKILL)
        }
        #endif
    }
}
