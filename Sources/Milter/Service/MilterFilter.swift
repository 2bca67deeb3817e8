import Logging
import NIOConcurrencyHelpers

/// The values that all milter connections of the process share.
struct MilterFilter: Sendable {
    let makeSession: @Sendable () -> any MilterSession
    let answers = PendingReplies()
    let logger: Logger

    // This is a global variable because libmilter runs one filter in a process, and
    // passes no user data to the negotiation callback.
    private static let current = NIOLockedValueBox<MilterFilter?>(nil)

    /// The filter of the process; nil before ``install()``.
    static var installed: MilterFilter? { current.withLockedValue(\.self) }

    /// Makes this the filter of the process, until the process ends.
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
