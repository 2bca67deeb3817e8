public import Foundation
import NIOConcurrencyHelpers

/// Compares the host's clock with one that nobody can set.
///
/// Set ahead, a clock makes the store forget signatures that are fresh again when it is
/// set right; set back, it makes old ones fresh. What has held for an hour is believed:
/// a host that was paused, or that found its time late, must not stand still.
public final class ClockJumpDetector: Sendable {
    /// Seconds by which they may come apart: slewing takes less.
    static let tolerance: TimeInterval = 600
    /// Seconds after which a new time is believed.
    static let patience: TimeInterval = 3600

    private struct State {
        /// Seconds of the host's clock less those of the other, as they are believed.
        var offset: TimeInterval?
        /// Another offset, and since when it holds.
        var other: (offset: TimeInterval, since: TimeInterval)?
    }

    private let clock: @Sendable () -> Date
    private let steady: @Sendable () -> TimeInterval
    private let state = NIOLockedValueBox(State())

    /// Watches a clock beside the seconds of one that cannot be set.
    init(clock: @escaping @Sendable () -> Date, steady: @escaping @Sendable () -> TimeInterval) {
        self.clock = clock
        self.steady = steady
        _ = jump()
    }

    /// Watches a clock from now on.
    public convenience init(clock: @escaping @Sendable () -> Date) {
        let start = ContinuousClock().now
        self.init(clock: clock) {
            let (seconds, rest) = start.duration(to: ContinuousClock().now).components
            return TimeInterval(seconds) + TimeInterval(rest) / 1e18
        }
    }

    /// By how many seconds it was set, ahead or back, if that is not believed yet.
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
