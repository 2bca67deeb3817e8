import Foundation

/// Prevents SIGHUP from stopping the milter.
///
/// libmilter waits for SIGHUP in its own thread and stops the filter, as for
/// SIGTERM. It has no option against that. Linux discards a signal before any
/// thread can wait for it if the process ignores the signal and the *main* thread
/// does not block it. Therefore the main thread must not end and must never block
/// SIGHUP while the milter runs:
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
    /// Makes this process and the programs that it starts ignore SIGHUP.
    ///
    /// It also blocks SIGUSR1 and SIGUSR2 in the main thread and in all threads that
    /// start later. Dispatch still receives them. If the main thread received them,
    /// Dispatch's handler for signal sources would block every signal in that
    /// thread, including SIGHUP.
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

    /// Whether the kernel discards SIGHUP for this process now.
    ///
    /// `/proc/self/status` contains the main thread's mask.
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
