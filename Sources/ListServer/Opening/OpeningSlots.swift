public import Dispatch
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

    /// The part of the turns that mail of strangers gets once it is opened.
    private static let strangersPart = 4

    private let count: Int
    private let nap: DispatchTimeInterval
    private let naps: Int
    private let semaphore: DispatchSemaphore

    /// Allows so many at once.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - nap: The time between two looks at the peer.
    ///   - naps: How many of them before the peer is told to come again.
    public init(count: Int, nap: DispatchTimeInterval = .seconds(5), naps: Int = 12) {
        self.count = count
        semaphore = DispatchSemaphore(value: count)
        self.nap = nap
        self.naps = naps
    }

    /// A small number of turns besides these, for messages that no subscriber signed: what
    /// follows from them never keeps a post waiting.
    var share: Self {
        Self(count: max(1, count / Self.strangersPart), nap: nap, naps: naps)
    }

    /// Waits for a turn.
    public func enter(isPeerThere: () -> Bool) -> Turn {
        for _ in 0..<naps {
            if semaphore.wait(timeout: .now() + nap) == .success { return .entered }
            if !isPeerThere() { return .abandoned }
        }
        return .timedOut
    }

    /// Ends a turn.
    public func leave() {
        semaphore.signal()
    }
}
