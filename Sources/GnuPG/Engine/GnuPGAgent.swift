import Glibc
import NIOConcurrencyHelpers
import OpenPGP
import Unix

/// The agent of one home: found by its socket, started when it does not answer.
final class GnuPGAgent: Sendable {
    private let home: String
    private let engine: Engine
    /// Where the socket is, once gpgconf has told; the lock also keeps two
    /// threads from starting an agent each.
    private let known = NIOLockedValueBox(Known())

    private struct Known {
        var socketPath: String?
        var isOurs = false
    }

    init(home: String, engine: Engine) {
        self.home = home
        self.engine = engine
    }

    /// Starts the agent unless it answers.
    ///
    /// Throws ``OpenPGPError/Code/noAgent`` if it does not start: without it gpg
    /// would say "no secret key", which sounds like the sender's fault.
    func ensureRunning() throws(OpenPGPError) {
        try known.withLockedValue { known in
            Result { () throws(OpenPGPError) in
                let path = if let path = known.socketPath { path } else { try findSocket() }
                known.socketPath = path
                guard !Self.answers(path) else { return }
                _ = try engine.configure(home, ["--launch", "gpg-agent"], .agent)
                known.isOurs = true
                guard Self.answers(path) else { throw OpenPGPError(.noAgent, .agent) }
            }
        }.get()
    }

    /// Ends the agent; one that does not run is none.
    ///
    /// gpgconf asks and does not wait. An agent that still answers would be taken
    /// for one that runs, and be gone when gpg needs it.
    ///
    /// - Parameter startedHere: Only if this value has started it; another process
    ///   may be at work with one that it found.
    func stop(startedHere: Bool = false) {
        known.withLockedValue { known in
            guard known.isOurs || !startedHere else { return }
            known.isOurs = false
            _ = try? engine.configure(home, ["--kill", "gpg-agent"], .agent)
            guard let path = known.socketPath ?? (try? findSocket()) else { return }
            known.socketPath = path
            for _ in 0..<Self.stopPolls where Self.answers(path) {
                usleep(Self.stopPollMicroseconds)
            }
        }
    }

    /// An agent ends at once, or at its next tick, two seconds later.
    private static let stopPolls = 30
    private static let stopPollMicroseconds: useconds_t = 100_000

    private func findSocket() throws(OpenPGPError) -> String {
        // Not always in the home: under /run/user where there is one.
        let output = try engine.configure(home, ["--list-dirs", "agent-socket"], .agent)
        let path = output.prefix { $0 != 0x0a }
        guard !path.isEmpty, path.count < UnixSocket.maximumPath + 1 else {
            throw OpenPGPError(.pathTooLong, .agent)
        }
        return String(decoding: path, as: UTF8.self)
    }

    private static func answers(_ path: String) -> Bool {
        // An agent that hangs has a full queue of connections, and blocks the next.
        guard let descriptor = UnixSocket.make(isBlocking: false) else { return false }
        defer { close(descriptor) }
        return UnixSocket.connect(descriptor, to: path) || errno == EAGAIN
    }
}
