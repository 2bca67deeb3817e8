public import MailingList
import NIOConcurrencyHelpers

/// Counts how often one message has made its engine fail.
///
/// An engine that works and dies on one message may have been killed by chance, so the peer
/// gets 451. One message that does it three times is refused: otherwise anybody
/// could make us try for five days.
public final class FailureCounter: Sendable {
    /// The third failure is the message's fault.
    static let limit = 3
    /// Messages that are remembered; the oldest is forgotten first.
    static let capacity = 1000

    private struct State {
        var counts: [Receipt: Int] = [:]
        var order: [Receipt] = []
    }

    private let state = NIOLockedValueBox(State())

    /// Starts with nothing counted.
    public init() {}

    /// Counts one failure; returns whether the message has used up its tries.
    public func isExhausted(countingFailureOf receipt: Receipt) -> Bool {
        state.withLockedValue { state in
            if state.counts[receipt] == nil {
                state.order.append(receipt)
                if state.order.count > Self.capacity {
                    state.counts[state.order.removeFirst()] = nil
                }
            }
            state.counts[receipt, default: 0] += 1
            return state.counts[receipt, default: 0] >= Self.limit
        }
    }
}
