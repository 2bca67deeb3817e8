import Foundation
import OpenPGP

/// A directory with a list's secret key, and the agent that holds it.
///
/// The agent is ours to start and to end: see ``GnuPGHomeFiles``.
final class GnuPGHome: Sendable {
    /// Octets of a home's path: a socket's has at most 107, and the longest name
    /// of one is `/S.gpg-agent.browser`.
    static let maximumPath = 87

    let path: String
    let engine: Engine
    private let agent: GnuPGAgent

    init(path: String, engine: Engine) {
        self.path = path
        self.engine = engine
        agent = GnuPGAgent(home: path, engine: engine)
    }

    /// Makes the directory and its configuration files.
    ///
    /// Throws ``OpenPGPError/Code/pathTooLong`` before anything is made, and
    /// ``OpenPGPError/Code/homeExists`` if there are files in it.
    func create(configuration: String) throws(OpenPGPError) {
        guard path.utf8.count <= Self.maximumPath else {
            throw OpenPGPError(.pathTooLong, .prepareHome)
        }
        try PrivateDirectory.prepare(path, .prepareHome)
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path),
            entries.isEmpty
        else { throw OpenPGPError(.homeExists, .prepareHome) }
        try configure(configuration)
        try PrivateDirectory.write(
            Array(GnuPGHomeFiles.agentConfiguration.utf8),
            to: path + "/gpg-agent.conf",
            mode: 0o600,
            .prepareHome
        )
    }

    /// Writes gpg.conf.
    func configure(_ configuration: String) throws(OpenPGPError) {
        try PrivateDirectory.write(
            Array(configuration.utf8),
            to: path + "/gpg.conf",
            mode: 0o600,
            .prepareHome
        )
    }

    /// A context for one operation with the secret key.
    func context(_ operation: OpenPGPError.Operation) throws(OpenPGPError) -> GPGMEContext {
        try agent.ensureRunning()
        return try GPGMEContext.gpg(engine.program, home: path, operation)
    }

    /// A context for one look at public keys, which needs no agent.
    func publicContext(_ operation: OpenPGPError.Operation) throws(OpenPGPError) -> GPGMEContext {
        try GPGMEContext.gpg(engine.program, home: path, operation)
    }

    /// A context with time enough to make a key.
    func creationContext(_ operation: OpenPGPError.Operation) throws(OpenPGPError) -> GPGMEContext {
        try agent.ensureRunning()
        return try GPGMEContext.gpg(engine.creationProgram, home: path, operation)
    }

    /// Starts the agent, unless it runs.
    func startAgent() throws(OpenPGPError) { try agent.ensureRunning() }

    /// Ends the agent, if one runs.
    func stopAgent(startedHere: Bool = false) { agent.stop(startedHere: startedHere) }
}
