import CGPGME
import NIOConcurrencyHelpers
import OpenPGP

/// Contexts that wait for the next operation with the same engine in the same home.
///
/// Whenever GPGME is told which engine a context has, it runs it with `--version`: a copy of
/// this whole process and a shell, half of what an operation costs. So a context that has
/// come to its end in good order is used again. It keeps nothing of what it did but who was
/// named: one that had a session key to tell is released.
final class GPGMEContextPool: Sendable {
    /// What a context is set up for.
    struct Place: Sendable, Hashable {
        let program: String
        let home: String
    }

    static let shared = GPGMEContextPool()

    /// Contexts that wait; the one that was used longest ago goes first.
    private static let capacity = 64

    // Owned by the pool alone, and given away with the lock held.
    @safe
    private struct Idle: @unchecked Sendable {
        let pointer: gpgme_ctx_t
        let place: Place
    }

    private let idle = NIOLockedValueBox<[Idle]>([])

    /// A context of this kind, which is the caller's from now on; nil if none waits.
    func take(_ place: Place) -> gpgme_ctx_t? {
        let found = idle.withLockedValue { idle in
            idle.lastIndex { $0.place == place }.map { idle.remove(at: $0) }
        }
        return unsafe found.map { unsafe $0.pointer }
    }

    /// How many of this kind wait.
    func count(_ place: Place) -> Int {
        idle.withLockedValue { idle in idle.count { $0.place == place } }
    }

    /// Takes a context over.
    func put(_ pointer: gpgme_ctx_t, _ place: Place) {
        let superfluous = idle.withLockedValue { idle in
            unsafe idle.append(Idle(pointer: pointer, place: place))
            return idle.count > Self.capacity ? idle.removeFirst() : nil
        }
        if let superfluous { unsafe gpgme_release(superfluous.pointer) }
    }
}
