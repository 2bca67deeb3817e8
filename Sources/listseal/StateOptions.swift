import Administration
import ArgumentParser
import Foundation
import ListServer
import SQLiteStore

/// Where the state lies: an option, the environment, or the usual place.
struct StateOptions: ParsableArguments {
    static let usual = "/var/lib/listseal"

    @Option(
        name: .customLong("state"),
        help: ArgumentHelp(
            "The state directory; LISTSEAL_STATE or \(usual) if not given.",
            valueName: "directory"
        )
    )
    var path: String?

    var directory: StateDirectory {
        StateDirectory(
            path: path ?? ProcessInfo.processInfo.environment["LISTSEAL_STATE"] ?? Self.usual
        )
    }

    /// Opens the store and the keys; makes the state directory if it does not exist.
    ///
    /// Throws ``ActFailure`` of kind `file`.
    func host() throws -> ListHost {
        let state = directory
        do {
            try state.create()
            return ListHost(
                state: state,
                store: try SQLiteStore(path: state.database),
                keys: try ListKeys(state: state)
            )
        } catch {
            throw ActFailure(
                .file,
                "the state directory \(state.path) cannot be used: \(error)",
                hint: "run as the user of the service, or name another one with --state"
            )
        }
    }

    /// The same, and nil if there is no database: somebody who only looks does not make one.
    func existingHost() throws -> ListHost? {
        FileManager.default.fileExists(atPath: directory.database) ? try host() : nil
    }
}
