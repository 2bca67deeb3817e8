public import Foundation

/// Gives refusals at fixed steps of time, so that how long it took tells nothing.
///
/// A signature is verified only if From is a subscriber's, which takes some 10
/// milliseconds more. Whoever measures that learns who is on the list; at steps
/// of half a second there is nothing to measure.
public struct ReplyTiming: Sendable {
    /// Seconds between two steps.
    public static let step: TimeInterval = 0.5

    let now: @Sendable () -> TimeInterval
    let sleep: @Sendable (TimeInterval) -> Void

    /// Uses this clock and this way of waiting.
    public init(
        now: @escaping @Sendable () -> TimeInterval = { ProcessInfo.processInfo.systemUptime },
        sleep: @escaping @Sendable (TimeInterval) -> Void = { Thread.sleep(forTimeInterval: $0) }
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// Waits until a whole number of steps has passed since the beginning.
    func wait(since began: TimeInterval) {
        let passed = max(0, now() - began)
        sleep((passed / Self.step).rounded(.up) * Self.step - passed)
    }
}
