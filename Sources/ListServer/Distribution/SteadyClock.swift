import Foundation
import NIOConcurrencyHelpers

/// The time by which copies wait: it never goes back, and it runs while the host's clock stands.
///
/// If the host's clock is set back, this clock goes on from the latest time that it has
/// returned, at the rate of the monotonic clock. If the host's clock is ahead, this clock
/// follows it.
final class SteadyClock: Sendable {
    private let clock: @Sendable () -> Date
    private let steady: @Sendable () -> ContinuousClock.Instant
    private let last: NIOLockedValueBox<(time: Date, at: ContinuousClock.Instant)>

    /// - Parameters:
    ///   - clock: The host's clock.
    ///   - steady: The monotonic clock.
    init(
        clock: @escaping @Sendable () -> Date,
        steady: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }
    ) {
        self.clock = clock
        self.steady = steady
        last = NIOLockedValueBox((clock(), steady()))
    }

    /// The time of the monotonic clock.
    var instant: ContinuousClock.Instant { steady() }

    /// The current time.
    func now() -> Date {
        let (time, instant) = (clock(), steady())
        return last.withLockedValue { last in
            let (seconds, rest) = last.at.duration(to: instant).components
            let passed = max(0, TimeInterval(seconds) + TimeInterval(rest) / 1e18)
            last = (max(time, last.time.addingTimeInterval(passed)), max(instant, last.at))
            return last.time
        }
    }
}
