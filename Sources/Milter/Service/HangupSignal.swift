import Foundation

/// Keeps SIGHUP from ending the milter.
///
/// libmilter waits for SIGHUP in a thread of its own and ends the filter on it,
/// like on SIGTERM, without a way to turn that off. But Linux drops a signal at
/// the door, before any thread can wait for it, if its disposition is to ignore
/// it and the *main* thread does not block it. So for as long as the milter runs
/// the main thread has to live and must never block SIGHUP:
///
/// ```swift
/// struct Serve: ParsableCommand {      // not AsyncParsableCommand, whose
///     func run() throws {              // main thread ends in dispatchMain()
///         HangupSignal.ignore()        // before any other thread exists
///         try group.runWhileMainThreadWaits()
///     }
/// }
/// ```
///
/// - SeeAlso: [signal(7)](https://man7.org/linux/man-pages/man7/signal.7.html)
public enum HangupSignal {
    /// Ignores SIGHUP from now on, in this process and in programs it starts.
    ///
    /// Also blocks SIGUSR1 and SIGUSR2 in the main thread and all that come after
    /// it. Dispatch still gets them. But if they reached the main thread, its
    /// handler for signal sources would block every signal there, SIGHUP too.
    ///
    /// - Precondition: Called on the main thread.
    public static func ignore() {
        precondition(Thread.isMainThread, "HangupSignal.ignore() belongs on the main thread")
        signal(SIGHUP, SIG_IGN)
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGHUP)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGUSR1)
        unsafe sigaddset(&signals, SIGUSR2)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Whether a SIGHUP sent now would be dropped.
    ///
    /// Asks the kernel: `/proc/self/status` has the main thread's mask.
    static var isIgnored: Bool {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        else { return false }
        var masks: [Substring: UInt64] = [:]
        for line in status.split(separator: "\n") {
            let words = line.split { $0 == ":" || $0 == "\t" }
            guard words.count == 2 else { continue }
            masks[words[0]] = UInt64(words[1], radix: 16)
        }
        let hangup = UInt64(1) << (SIGHUP - 1)
        guard let ignored = masks["SigIgn"], let blocked = masks["SigBlk"] else { return false }
        return ignored & hangup != 0 && blocked & hangup == 0
    }
}
