import NIOConcurrencyHelpers

/// A number of things that several connections may hold together.
final class Allowance: Sendable {
    private let free: NIOLockedValueBox<Int>

    /// Starts with all of them free.
    init(_ total: Int) {
        free = NIOLockedValueBox(total)
    }

    /// Takes so many, or none if there are not enough; a negative count gives back.
    func take(_ count: Int) -> Bool {
        free.withLockedValue { free in
            guard count <= free else { return false }
            free -= count
            return true
        }
    }
}
