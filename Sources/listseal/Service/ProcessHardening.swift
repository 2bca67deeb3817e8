import Foundation

/// What a process that holds plaintext must not do.
enum ProcessHardening {
    /// No memory of ours may be written to a disk by a crash.
    static func forbidCoreDumps() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
}
