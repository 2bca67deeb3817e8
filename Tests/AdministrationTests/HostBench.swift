import Administration
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

/// A host with a store and real gpg in a state directory of its own.
final class HostBench: Sendable {
    let host: ListHost
    let olga: TestKeyring
    private let directory: TemporaryDirectory

    var state: StateDirectory { host.state }

    init() throws {
        directory = try TemporaryDirectory()
        let state = StateDirectory(path: directory.file("s"))
        try state.create()
        host = ListHost(
            state: state,
            store: try SQLiteStore(path: state.database),
            keys: try ListKeys(state: state)
        )
        olga = try TestKeyring("olga")
    }

    deinit { host.keys.stopAgents() }

    /// The file that a person would name.
    func keyFile(of person: TestKeyring) throws -> KeyFile {
        KeyFile(name: "\(person.address).asc", bytes: try person.publicKey(armored: true))
    }

    func owner(_ address: String, _ person: TestKeyring) throws -> NewList.Owner {
        NewList.Owner(address: try ListHost.address(address), key: try keyFile(of: person))
    }

    /// Makes a list whose owner is Olga.
    @discardableResult
    func makeList(_ name: String = "team") throws -> MailingList {
        let address = "\(name)@lists.test"
        _ = try host.create(
            NewList(
                address: ListHost.address(address),
                owners: [owner(olga.address, olga)]
            )
        )
        return try host.list(at: address)
    }

    /// Adds a subscriber.
    @discardableResult
    func add(_ person: TestKeyring, to list: MailingList) throws -> Subscriber {
        let address = try ListHost.address(person.address)
        _ = try host.add(address, key: try keyFile(of: person), to: list)
        return try host.person(at: address, of: list)
    }

    /// The names in a directory of the state.
    func files(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// Fails unless an act fails in this way.
    func expect(
        _ kind: ActFailure.Kind,
        _ words: String = "",
        sourceLocation: SourceLocation = #_sourceLocation,
        _ act: () throws -> Void
    ) {
        let failure = #expect(throws: ActFailure.self, sourceLocation: sourceLocation) {
            try act()
        }
        guard let failure else { return }
        #expect(failure.kind == kind, "\(failure)", sourceLocation: sourceLocation)
        #expect(
            words.isEmpty || failure.description.contains(words),
            "\(failure)",
            sourceLocation: sourceLocation
        )
        #expect(!failure.hint.isEmpty, sourceLocation: sourceLocation)
    }
}
