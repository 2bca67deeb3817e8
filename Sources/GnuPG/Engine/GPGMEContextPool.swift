import CGPGME
import NIOConcurrencyHelpers
import OpenPGP

/// Keeps GPGME contexts for the next operation with the same wrapper in the same home.
///
/// When GPGME sets the engine of a context, it runs it with `--version`. That forks this
/// whole process and starts a shell, which is half the cost of an operation. So a context
/// whose gpg ended by itself is reused. It keeps nothing of an operation but which keys
/// were named; a context that exported a session key is released.
final class GPGMEContextPool: Sendable {
    /// The wrapper and the home for which a context is set up.
    struct Place: Sendable, Hashable {
        let program: String
        let home: String
    }

    static let shared = GPGMEContextPool()

    /// The number of contexts that are kept; the least recently used one is released first.
    private static let capacity = 64

    // Only the pool owns the pointer; it is removed from the pool under the lock.
    @safe
    private struct Idle: @unchecked Sendable {
        let pointer: gpgme_ctx_t
        let place: Place
    }

    private let idle = NIOLockedValueBox<[Idle]>([])

    /// Removes a context for this place and gives it to the caller; nil if there is none.
    func take(_ place: Place) -> gpgme_ctx_t? {
        let found = idle.withLockedValue { idle in
            idle.lastIndex { $0.place == place }.map { idle.remove(at: $0) }
        }
        return unsafe found.map { unsafe $0.pointer }
    }

    /// The number of contexts that are kept for this place.
    func count(_ place: Place) -> Int {
        idle.withLockedValue { idle in idle.count { $0.place == place } }
    }

    /// Takes ownership of a context and keeps it for this place.
    func put(_ pointer: gpgme_ctx_t, _ place: Place) {
        let superfluous = idle.withLockedValue { idle in
            unsafe idle.append(Idle(pointer: pointer, place: place))
            return idle.count > Self.capacity ? idle.removeFirst() : nil
        }
        if let superfluous { unsafe gpgme_release(superfluous.pointer) }
    }
}
