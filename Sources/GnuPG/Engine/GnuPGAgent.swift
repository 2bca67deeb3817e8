import Glibc
import NIOConcurrencyHelpers
import OpenPGP
import Unix

/// The gpg-agent of one home, which is started if its socket does not answer.
final class GnuPGAgent: Sendable {
    private let home: String
    private let engine: Engine
    /// The path of the socket, once gpgconf has reported it.
    ///
    /// The lock also keeps two threads from starting two agents.
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
    /// - Throws: ``OpenPGPError/Code/noAgent`` if the agent does not start. Without an agent
    ///   gpg would report "no secret key", which looks like the sender's fault.
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

    /// Ends the agent if one runs, and waits until it no longer answers.
    ///
    /// gpgconf asks the agent to end and does not wait. A caller would find an agent that
    /// still answers and use it, and it would be gone when gpg needs it.
    ///
    /// - Parameter startedHere: If true, only an agent that this value started is ended,
    ///   because another process may use one that was already running.
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

    /// An agent ends at once, or when its timer fires, two seconds later.
    private static let stopPolls = 30
    private static let stopPollMicroseconds: useconds_t = 100_000

    private func findSocket() throws(OpenPGPError) -> String {
        // The socket is not always in the home: it may be in /run/user if that exists.
        let output = try engine.configure(home, ["--list-dirs", "agent-socket"], .agent)
        let path = output.prefix { $0 != 0x0a }
        guard !path.isEmpty, path.count < UnixSocket.maximumPath + 1 else {
            throw OpenPGPError(.pathTooLong, .agent)
        }
        return String(decoding: path, as: UTF8.self)
    }

    private static func answers(_ path: String) -> Bool {
        // The connection queue of an agent that hangs is full, so a blocking connect would hang.
        guard let descriptor = UnixSocket.make(isBlocking: false) else { return false }
        defer { close(descriptor) }
        return UnixSocket.connect(descriptor, to: path) || errno == EAGAIN
    }
}
