import Foundation

/// Compares the host's clock with one that nobody can set.
///
/// Ahead, a clock makes the store forget signatures that will be fresh again when it is
/// set right; behind, it makes old ones fresh.
struct ClockWatch: Sendable {
    /// Seconds by which they may come apart: slewing takes less.
    static let tolerance: TimeInterval = 600

    private let wall: Date
    private let steady: Duration

    /// Begins with what both say now.
    init(wall: Date, steady: Duration) {
        self.wall = wall
        self.steady = steady
    }

    /// By how many seconds the host's clock was set since then, if by more than that.
    func jump(wall now: Date, steady later: Duration) -> TimeInterval? {
        let elapsed = later - steady
        let difference = now.timeIntervalSince(wall) - TimeInterval(elapsed.components.seconds)
        return abs(difference) > Self.tolerance ? difference : nil
    }
}
