import Administration
import ListServer
import PostfixSetup
import SMTP

/// The three sockets between Postfix and the daemon, and the one of its helper.
struct ServeSockets: Sendable {
    /// Where the helper's unit listens.
    static let standardSteps = "unix:/run/listseal-steps/socket"

    /// In libmilter's form.
    let milter: String
    let gate: SocketPath
    let submission: SocketPath
    let steps: SocketPath
    /// The record of the set-up of Postfix, if there is one.
    let installation: PostfixInstallation?
    /// Where copies wait: its free space bounds what is accepted.
    let queueDirectory: String?

    /// Uses the sockets that were named, and for the others those that `postfix setup` has recorded.
    ///
    /// Throws ``ActFailure`` for a socket that is neither, or that cannot be read.
    init(
        installation: PostfixInstallation?,
        milter: String?,
        gate: String?,
        submission: String?,
        steps: String?
    ) throws {
        self.milter = try Self.required(
            milter ?? installation.map { "unix:\($0.milterSocket)" },
            option: "--milter-socket"
        )
        self.gate = try Self.path(
            gate ?? installation.map { "unix:\($0.gateSocket)" },
            option: "--gate-socket"
        )
        self.submission = try Self.path(
            submission ?? installation.map { "unix:\($0.wayBackSocket)" },
            option: "--submission-socket"
        )
        self.steps = try Self.path(steps ?? Self.standardSteps, option: "--steps-socket")
        queueDirectory = installation?.queueDirectory
        self.installation = installation
    }

    /// The unix sockets at which Postfix reaches the daemon.
    var paths: [String] {
        ["\(gate)", milter].compactMap { socket in
            guard case .unix(let path)? = SocketPath(socket) else { return nil }
            return path
        }
    }

    private static func path(_ text: String?, option: String) throws -> SocketPath {
        let text = try required(text, option: option)
        guard let path = SocketPath(text) else {
            throw ActFailure(
                .malformed,
                "\(option) cannot be \(text)",
                hint: "write unix:/path or inet:127.0.0.1:PORT"
            )
        }
        return path
    }

    private static func required(_ text: String?, option: String) throws -> String {
        guard let text else {
            throw ActFailure(
                .notFound,
                "the set-up of Postfix has not recorded the socket of \(option)",
                hint: "run 'listseal postfix setup' first, or name the socket with \(option)"
            )
        }
        return text
    }
}
