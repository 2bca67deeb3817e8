import Foundation

/// What a process that holds plaintext must not do.
enum ProcessHardening {
    /// The signals at which Swift's backtracer writes a report.
    private static let crashes = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

    /// No memory of ours may be written to a disk by a crash.
    static func forbidCoreDumps() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// No memory of ours may be written into a log by a crash.
    ///
    /// Swift's backtracer prints registers and the octets that they point to, which can be
    /// plaintext. It is installed before `main`, unless SWIFT_BACKTRACE forbids it, and works in
    /// handlers of signals; without them a crash only ends the process.
    static func forbidCrashReports() {
        for number in crashes { _ = signal(number, SIG_DFL) }
    }

    /// Starts this program anew, in the same process and with the same arguments.
    ///
    /// Returns only if that fails.
    static func restart() {
        var arguments = unsafe CommandLine.arguments.map { unsafe strdup($0) } + [nil]
        _ = unsafe execv("/proc/self/exe", &arguments)
    }
}
