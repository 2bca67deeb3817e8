import Administration
import ArgumentParser
import Foundation
import ListServer
import MailingList
import PostfixSetup
import SQLiteStore
import Unix

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
    /// A database is only made where none was in use. Throws ``ActFailure`` of kind `file`.
    func host() throws -> ListHost {
        let state = directory
        do {
            let isNew = try signOfUse() == nil
            try state.create()
            let store = try SQLiteStore(path: state.database, mayCreate: isNew)
            try state.markAsUsed()
            return ListHost(state: state, store: store, keys: try ListKeys(state: state))
        } catch {
            throw ActFailure(
                .file,
                "the state directory \(state.path) cannot be used: \(PlainWords.of(error))",
                hint: "run as the user of the service, or name another one with --state"
            )
        }
    }

    /// The same, and nil if lists were never kept here: somebody who only looks makes no state.
    func existingHost() throws -> ListHost? {
        let hasDatabase = FileManager.default.fileExists(atPath: directory.database)
        return try hasDatabase || signOfUse() != nil ? host() : nil
    }

    /// The host, for what changes or shows a state that must be there.
    ///
    /// Throws ``ActFailure`` of kind `notFound` if there is none.
    func presentHost() throws -> ListHost {
        if let host = try existingHost() { return host }
        throw ActFailure(
            .notFound,
            "there are no lists in \(directory.path)",
            hint: "name the state directory with --state; 'listseal list create' makes a list"
        )
    }

    /// The database alone, for somebody who only looks; nil if lists were never kept here.
    ///
    /// Throws what opening it throws.
    func existingStore() throws -> (any ListStore)? {
        let hasDatabase = FileManager.default.fileExists(atPath: directory.database)
        guard try hasDatabase || signOfUse() != nil else { return nil }
        return try SQLiteStore(path: directory.database, mayCreate: false)
    }

    /// A file that shows that lists were kept here; nil if there is none.
    private func signOfUse() throws -> String? {
        if let sign = directory.signOfUse { return sign }
        return try PostfixInstallation.load(state: directory.path)
            .flatMap { AddressMap.isEmpty(in: $0) ? nil : $0.mapPath }
    }
}
