public import Foundation

/// Gives refusals, and the replies to commands, at a time that does not depend on who is
/// subscribed.
///
/// A member costs some milliseconds more than a stranger: a signature is verified with a
/// certificate, an answer is encrypted. The reply waits for a step of half a second, counted
/// from the end of the work that is the same for both, and far enough behind it that the
/// other work is done. So the step is never chosen by the other work.
public struct ReplyTiming: Sendable {
    /// Seconds between two steps.
    public static let step: TimeInterval = 0.5

    /// Seconds for the work that depends on who is subscribed.
    static let allowance: TimeInterval = 0.9

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

    /// Waits until the reply is due.
    ///
    /// - Parameters:
    ///   - began: When the message was complete.
    ///   - settled: The seconds of work since then that are the same for everybody.
    func wait(since began: TimeInterval, settled: TimeInterval) {
        let passed = max(0, now() - began)
        sleep(Self.due(max(settled + Self.allowance, passed)) - passed)
    }

    private static func due(_ seconds: TimeInterval) -> TimeInterval {
        (seconds / step).rounded(.up) * step
    }
}
