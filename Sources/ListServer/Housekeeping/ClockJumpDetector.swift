public import Foundation
import NIOConcurrencyHelpers
import Unix

/// Detects jumps of the host's clock by comparing it with a monotonic clock.
///
/// A clock that is set ahead makes the store forget signatures, which count as fresh
/// again after the correction, and every post would be refused for its age. A clock that is
/// set back makes old signatures fresh. A time that is ahead is trusted when a time service
/// has synchronised the clock, or when somebody accepts it; one that is back, after an hour.
public final class ClockJumpDetector: Sendable {
    /// The largest difference that is no jump, in seconds; slewing stays below it.
    static let tolerance: TimeInterval = 600
    /// The seconds after which a time that is back is trusted.
    static let patience: TimeInterval = 3600
    /// The seconds between the last recorded time and the start, after which the time at the
    /// start is not trusted without a time service.
    static let longestQuiet: TimeInterval = 86_400
    /// The seconds between a subscriber's signature and our clock that show it to be right.
    static let closeness: TimeInterval = 3600

    private struct State {
        /// The trusted difference between the host's clock and the monotonic clock.
        var offset: TimeInterval?
        /// A different offset that is not trusted yet, and its start.
        var other: (offset: TimeInterval, since: TimeInterval)?
        /// How far the clock was ahead of the last recorded time at the start, if too far.
        var gap: TimeInterval?
    }

    private let clock: @Sendable () -> Date
    private let steady: @Sendable () -> TimeInterval
    private let isSynchronised: @Sendable () -> Bool
    private let state = NIOLockedValueBox(State())

    /// Compares a clock with a monotonic clock in seconds.
    init(
        clock: @escaping @Sendable () -> Date,
        steady: @escaping @Sendable () -> TimeInterval,
        isSynchronised: @escaping @Sendable () -> Bool = { false }
    ) {
        self.clock = clock
        self.steady = steady
        self.isSynchronised = isSynchronised
        _ = jump()
    }

    /// Compares a clock with the system's monotonic clock from now on.
    public convenience init(clock: @escaping @Sendable () -> Date) {
        let start = ContinuousClock().now
        self.init(
            clock: clock,
            steady: {
                let (seconds, rest) = start.duration(to: ContinuousClock().now).components
                return TimeInterval(seconds) + TimeInterval(rest) / 1e18
            },
            isSynchronised: { KernelClock.isSynchronised }
        )
    }

    /// The seconds of a jump, positive if ahead; nil if the time is trusted.
    func jump() -> TimeInterval? {
        let elapsed = steady()
        let now = clock().timeIntervalSince1970 - elapsed
        let jump = state.withLockedValue { state -> TimeInterval? in
            guard let offset = state.offset else {
                state.offset = now
                return nil
            }
            guard abs(now - offset) > Self.tolerance else {
                state.other = nil
                return nil
            }
            guard let other = state.other, abs(now - other.offset) <= Self.tolerance else {
                state.other = (now, elapsed)
                return now - offset
            }
            guard now > offset || elapsed - other.since < Self.patience else {
                state.offset = now
                state.other = nil
                return nil
            }
            return now - offset
        }
        guard let jump, jump > 0, isSynchronised() else { return jump }
        accept()
        return nil
    }

    /// Trusts the clock as it is now.
    func accept() {
        let now = clock().timeIntervalSince1970 - steady()
        state.withLockedValue { $0 = State(offset: now) }
    }

    /// Compares the clock at the start with the last time that the store recorded.
    ///
    /// Without a time service nobody knows whether the host was off for so long, or its clock
    /// is wrong.
    public func begin(after latest: Date?) {
        guard let latest else { return }
        let gap = clock().timeIntervalSince(latest)
        state.withLockedValue { $0.gap = gap > Self.longestQuiet ? gap : nil }
    }

    /// How many seconds the clock was ahead of the last recorded time at the start, if nobody
    /// knows yet whether it is right; else nil.
    func doubt() -> TimeInterval? {
        guard let gap = state.withLockedValue({ $0.gap }) else { return nil }
        guard isSynchronised() else { return gap }
        state.withLockedValue { $0.gap = nil }
        return nil
    }

    /// Learns when a subscriber has made a good signature: just now, if our clock is right.
    func sawSignature(of time: Date) {
        guard abs(clock().timeIntervalSince(time)) < Self.closeness else { return }
        state.withLockedValue { $0.gap = nil }
    }
}
