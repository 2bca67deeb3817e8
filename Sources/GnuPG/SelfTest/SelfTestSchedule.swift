import Foundation
import NIOConcurrencyHelpers
import OpenPGP

/// Runs a self-test for everybody who asks, as seldom as possible.
///
/// Anybody can send what does not open, so the tests are bounded: one runs at a time, all who
/// asked before it began share its result, and between two tests there is a pause that is
/// longer than they are. The wait depends on the times of other tests only, never on the
/// message because of which somebody asks.
public final class SelfTestSchedule: Sendable {
    /// The length of a pause, as a multiple of the duration of the test before it: tests use a
    /// fifth of the time of one processor at most.
    public static let pause: Double = 4
    /// The longest pause in seconds: a test of a gpg that hangs takes as long as its timeout.
    static let longestPause: TimeInterval = 2

    private struct Run {
        let began: TimeInterval
        let ended: TimeInterval
        let failure: OpenPGPError?

        /// Whether the result says how it is at this time.
        ///
        /// A failure that was found later says so too: nobody is refused because of it.
        func counts(at time: TimeInterval) -> Bool {
            began >= time || failure != nil && ended >= time
        }
    }

    private let pause: Double
    private let last = NIOLockedValueBox<Run?>(nil)

    init(pause: Double = SelfTestSchedule.pause) {
        self.pause = pause
    }

    /// Returns if a test succeeds that began after the call, and throws its error otherwise.
    ///
    /// Blocks the thread until then.
    func check(_ test: () throws(OpenPGPError) -> Void) throws(OpenPGPError) {
        let asked = Self.now
        let failure = last.withLockedValue { last -> OpenPGPError? in
            if let last, last.counts(at: asked) { return last.failure }
            if let last {
                let wanted = min(Self.longestPause, (last.ended - last.began) * pause)
                Thread.sleep(forTimeInterval: max(0, last.ended + wanted - Self.now))
            }
            let began = Self.now
            var failure: OpenPGPError?
            do throws(OpenPGPError) { try test() } catch { failure = error }
            last = Run(began: began, ended: Self.now, failure: failure)
            return failure
        }
        if let failure { throw failure }
    }

    private static var now: TimeInterval { ProcessInfo.processInfo.systemUptime }
}
