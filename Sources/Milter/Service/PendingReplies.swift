import Foundation
import NIOConcurrencyHelpers

/// Counts the messages whose answer is being worked out.
///
/// A milter that is told to stop still owes them: the MTA would tell each of
/// these clients 451, and they would send again what has been taken.
final class PendingReplies: Sendable {
    private struct State {
        var running = 0
        var isOver = false
    }

    private let state = NIOLockedValueBox(State())

    /// libmilter writes an answer when the callback has returned, and tells
    /// nobody when it has; it is one small write to a local socket.
    private static let timeToWrite = (idle: 0.05, busy: 0.5)
    private static let pause = 0.01

    /// Works out an answer; nil, without trying, once it is too late for one.
    func owing(_ answer: () -> MilterStatus) -> MilterStatus? {
        let mayBegin = state.withLockedValue { state in
            if !state.isOver { state.running += 1 }
            return !state.isOver
        }
        guard mayBegin else { return nil }
        defer { state.withLockedValue { $0.running -= 1 } }
        return answer()
    }

    /// Waits until no answer is owed, at most so long, and lets none begin after.
    ///
    /// Blocks its thread. Returns how many are still owed: zero, if all is well.
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
