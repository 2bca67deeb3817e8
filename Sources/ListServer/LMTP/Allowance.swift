import Synchronization

/// A number of things that several connections may hold together.
final class Allowance: Sendable {
    private let free: Mutex<Int>

    /// Starts with all of them free.
    init(_ total: Int) {
        free = Mutex(total)
    }

    /// Takes so many, or none if there are not enough; a negative count gives back.
    func take(_ count: Int) -> Bool {
        free.withLock { free in
            guard count <= free else { return false }
            free -= count
            return true
        }
    }
}
