import Logging
import NIOConcurrencyHelpers

/// What all connections of the process share.
struct MilterFilter: Sendable {
    let makeSession: @Sendable () -> any MilterSession
    let answers = PendingReplies()
    let logger: Logger

    // A global, because libmilter is one too: it runs one filter a process, and
    // gives no user data to the callback that begins a connection.
    private static let current = NIOLockedValueBox<MilterFilter?>(nil)

    /// The filter of the process, nil before it runs.
    static var installed: MilterFilter? { current.withLockedValue(\.self) }

    /// Makes this the filter of the process, for ever.
    ///
    /// - Throws: ``MilterError/alreadyRun`` if there is one.
    func install() throws(MilterError) {
        let isFirst = Self.current.withLockedValue { current in
            guard current == nil else { return false }
            current = self
            return true
        }
        guard isFirst else { throw .alreadyRun }
    }
}
