import CTimex

/// What the kernel knows about the host's clock.
package enum KernelClock {
    /// Whether a time service keeps the clock right, as it last told the kernel.
    ///
    /// Setting the clock by hand ends that until the service has looked again. False where the
    /// kernel may not be asked.
    ///
    /// - SeeAlso: adjtimex(2), `STA_UNSYNC`
    package static var isSynchronised: Bool {
        var state = timex()
        guard unsafe adjtimex(&state) >= 0 else { return false }
        return state.status & STA_UNSYNC == 0
    }
}
