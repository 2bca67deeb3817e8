import Foundation
import NIOConcurrencyHelpers

/// Counts the messages that have no reply yet, so that shutdown can wait for them.
///
/// Without a reply the MTA answers the client with 451, and the client sends a
/// message again that the milter has already accepted.
final class PendingReplies: Sendable {
    private struct State {
        var running = 0
        var isOver = false
    }

    private let state = NIOLockedValueBox(State())

    /// The seconds that libmilter gets to write a reply after the callback returned.
    ///
    /// libmilter does not report the end of that write. It is one small write to a
    /// local socket.
    private static let timeToWrite = (idle: 0.05, busy: 0.5)
    private static let pause = 0.01

    /// Runs the closure and counts it as pending; nil, without running it, after
    /// ``settle(within:)`` has stopped new replies.
    func owing(_ answer: () -> MilterStatus) -> MilterStatus? {
        let mayBegin = state.withLockedValue { state in
            if !state.isOver { state.running += 1 }
            return !state.isOver
        }
        guard mayBegin else { return nil }
        defer { state.withLockedValue { $0.running -= 1 } }
        return answer()
    }

    /// Waits until no reply is pending or the limit is over, and then allows no more.
    ///
    /// It blocks its thread.
    ///
    /// - Returns: The number of replies that are still pending.
    func settle(within limit: Duration) -> Int {
        let deadline = ContinuousClock.now + limit
        var wasBusy = false
        while true {
            let (isOver, running) = state.withLockedValue { state in
                state.isOver = state.running == 0 || ContinuousClock.now >= deadline
                return (state.isOver, state.running)
            }
            if running > 0 { wasBusy = true }
            if isOver {
                let time = Self.timeToWrite
                Thread.sleep(forTimeInterval: wasBusy ? time.busy : time.idle)
                return running
            }
            Thread.sleep(forTimeInterval: Self.pause)
        }
    }
}
