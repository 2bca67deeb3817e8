public import Foundation

/// When a list's key ends, as it was read from its GnuPG home.
public struct KeyEnd: Sendable, Hashable {
    /// When it was read: a home that has changed since is read again.
    public let seen: Date
    /// When the key ends; nil if never.
    public let ends: Date?

    /// Makes the value from what a home or a store holds.
    public init(seen: Date, ends: Date?) {
        self.seen = seen
        self.ends = ends
    }
}
