public import Foundation
import NIOConcurrencyHelpers

/// Detects jumps of the host's clock by comparing it with a monotonic clock.
///
/// A clock that is set ahead makes the store forget signatures, which count as fresh
/// again after the correction. A clock that is set back makes old signatures fresh. A
/// new time is trusted after an hour, so that a host that was paused, or that got its
/// time late, works again.
public final class ClockJumpDetector: Sendable {
    /// The largest difference that is no jump, in seconds; slewing stays below it.
    static let tolerance: TimeInterval = 600
    /// The seconds after which a new time is trusted.
    static let patience: TimeInterval = 3600

    private struct State {
        /// The trusted difference between the host's clock and the monotonic clock.
        var offset: TimeInterval?
        /// A different offset that is not trusted yet, and its start.
        var other: (offset: TimeInterval, since: TimeInterval)?
    }

    private let clock: @Sendable () -> Date
    private let steady: @Sendable () -> TimeInterval
    private let state = NIOLockedValueBox(State())

    /// Compares a clock with a monotonic clock in seconds.
    init(clock: @escaping @Sendable () -> Date, steady: @escaping @Sendable () -> TimeInterval) {
        self.clock = clock
        self.steady = steady
        _ = jump()
    }

    /// Compares a clock with the system's monotonic clock from now on.
    public convenience init(clock: @escaping @Sendable () -> Date) {
        let start = ContinuousClock().now
        self.init(clock: clock) {
            let (seconds, rest) = start.duration(to: ContinuousClock().now).components
            return TimeInterval(seconds) + TimeInterval(rest) / 1e18
        }
    }

    /// The seconds of a jump, positive if ahead; nil if the time is trusted.
    func jump() -> TimeInterval? {
        let elapsed = steady()
        let now = clock().timeIntervalSince1970 - elapsed
        return state.withLockedValue { state in
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
            guard elapsed - other.since < Self.patience else {
                state = State(offset: now)
                return nil
            }
            return now - offset
        }
    }
}
