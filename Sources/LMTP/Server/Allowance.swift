import NIOConcurrencyHelpers

/// A limited number of units, such as octets, that all connections share.
public final class Allowance: Sendable {
    private let free: NIOLockedValueBox<Int>

    /// Starts with all units free.
    public init(_ total: Int) {
        free = NIOLockedValueBox(total)
    }

    /// Reserves units; false and none reserved if too few are free.
    ///
    /// A negative count releases units.
    public func take(_ count: Int) -> Bool {
        free.withLockedValue { free in
            guard count <= free else { return false }
            free -= count
            return true
        }
    }
}
