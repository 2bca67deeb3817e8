import Dispatch
import Foundation

/// How many messages are opened at once; the others wait their turn.
///
/// Opening costs processes and memory. A thread that waits here holds a session
/// of the MTA open, so it looks up between two naps whether that is still there.
public struct OpeningSlots: Sendable {
    /// What waiting came to.
    public enum Turn: Sendable, Hashable {
        /// It is our turn; ``leave()`` must follow.
        case entered
        /// Nobody waits for our answer any more.
        case abandoned
        /// Too many wait.
        case timedOut
    }

    /// Seconds between two looks at the peer.
    static let nap = 5
    /// Naps before the peer is told to come again.
    static let maximumNaps = 12

    private let semaphore: DispatchSemaphore

    /// Allows so many at once.
    public init(count: Int) {
        semaphore = DispatchSemaphore(value: count)
    }

    /// Waits for a turn.
    public func enter(isPeerThere: () -> Bool) -> Turn {
        for _ in 0..<Self.maximumNaps {
            if semaphore.wait(timeout: .now() + .seconds(Self.nap)) == .success { return .entered }
            if !isPeerThere() { return .abandoned }
        }
        return .timedOut
    }

    /// Ends a turn.
    public func leave() {
        semaphore.signal()
    }
}
