import Unix

/// The right of one daemon to serve a state, for as long as this value lives.
///
/// Take it before any socket is opened: a second daemon would replace the sockets of the
/// first one, and then fail.
public final class StateLock: Sendable {
    private let file: FileLock

    /// Takes the lock.
    ///
    /// - Returns: nil if another daemon serves the state.
    /// - Throws: An error of the file system.
    public init?(of state: StateDirectory) throws {
        guard let file = try FileLock(state.lock) else { return nil }
        self.file = file
    }
}
