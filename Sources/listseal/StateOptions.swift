import ArgumentParser
import Foundation
import ListServer

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
}
