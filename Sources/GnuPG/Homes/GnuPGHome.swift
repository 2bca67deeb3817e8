import Foundation
import OpenPGP
import Unix

/// A directory with a list's secret key, and the gpg-agent that holds the key.
///
/// We start and end the agent ourselves: ``GnuPGHomeFiles`` says why.
final class GnuPGHome: Sendable {
    /// The longest path of a home in octets: the path of a socket may have 107, and the
    /// longest name of a socket is `/S.gpg-agent.browser`.
    static let maximumPath = 87

    let path: String
    let engine: Engine
    private let agent: GnuPGAgent

    init(path: String, engine: Engine) {
        self.path = path
        self.engine = engine
        agent = GnuPGAgent(home: path, engine: engine)
    }

    /// Creates the directory and its configuration files.
    ///
    /// - Throws: ``OpenPGPError/Code/pathTooLong`` before anything is created, and
    ///   ``OpenPGPError/Code/homeExists`` if the directory is not empty.
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

    /// Writes gpg.conf, and replaces one that exists.
    func configure(_ configuration: String) throws(OpenPGPError) {
        try PrivateDirectory.write(
            Array(configuration.utf8),
            to: path + "/gpg.conf",
            mode: 0o600,
            .prepareHome
        )
    }

    /// A context for one operation with the secret key; it starts the agent if necessary.
    func context(_ operation: OpenPGPError.Operation) throws(OpenPGPError) -> GPGMEContext {
        try agent.ensureRunning()
        return try GPGMEContext.gpg(engine.program, home: path, operation)
    }

    /// A context to list public keys, which needs no agent.
    func publicContext(_ operation: OpenPGPError.Operation) throws(OpenPGPError) -> GPGMEContext {
        try GPGMEContext.gpg(engine.program, home: path, operation)
    }

    /// A context with the longer time limit for creating a key.
    func creationContext(_ operation: OpenPGPError.Operation) throws(OpenPGPError) -> GPGMEContext {
        try agent.ensureRunning()
        return try GPGMEContext.gpg(engine.creationProgram, home: path, operation)
    }

    /// Writes all files of the home to disk: gpg and the agent sync nothing.
    func sync() throws(OpenPGPError) {
        do {
            try DurableFile.syncTree(path)
        } catch {
            throw OpenPGPError.system(error.code, .prepareHome)
        }
    }

    /// Starts the agent unless it answers.
    func startAgent() throws(OpenPGPError) { try agent.ensureRunning() }

    /// Ends the agent if one runs; with `startedHere` only if this value started it.
    func stopAgent(startedHere: Bool = false) { agent.stop(startedHere: startedHere) }
}
