import Administration
import Foundation
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// Making a list is one act: the list is there whole, or nothing of it is.
@Suite struct CreateListTests {
    private let bench: HostBench

    init() throws { bench = try HostBench() }

    private func expectNothing(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try bench.host.store.lists().isEmpty, sourceLocation: sourceLocation)
        let keys = try bench.files(in: bench.state.path + "/keys")
        let revocations = try bench.files(in: bench.state.revocations)
        #expect(keys.isEmpty && revocations.isEmpty, sourceLocation: sourceLocation)
    }

    @Test("a new list has its key, its owners and the certificate that revokes the key")
    func whole() throws {
        let anne = try TestKeyring("anne")
        let created = try bench.host.create(
            NewList(
                address: ListHost.address("Team@lists.test"),
                owners: [
                    bench.owner(bench.olga.address, bench.olga), bench.owner(anne.address, anne),
                ],
                displayName: "The team"
            )
        )
        // Without a set-up of Postfix the administrator learns what is left to do.
        #expect(created.notes.contains { $0.contains("postfix setup") })
        let list = try bench.host.list(at: "team@lists.test")
        #expect(list.fingerprint.description == created.report.fingerprint)
        #expect(list.settings.displayName == "The team")
        #expect(
            try bench.host.store.owners(of: list.id).map(\.address.description).sorted()
                == [anne.address, bench.olga.address]
        )
        let key = try TestProgram.output(
            ["gpg", "--batch", "--show-keys", "--with-colons"],
            input: try bench.host.exportKey(of: list, armored: true)
        )
        let text = String(decoding: key, as: UTF8.self)
        for name in ["The team <Team@lists.test>", "The team <Team-request@lists.test>"] {
            #expect(text.contains(name), "\(text)")
        }
        let mode = try FileManager.default
            .attributesOfItem(atPath: created.report.revocationCertificate)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
    }

    @Test("two owners with one key make no list, no key and no revocation certificate")
    func sharedKey() throws {
        bench.expect(.inUse, "belongs to another person") {
            _ = try bench.host.create(
                NewList(
                    address: ListHost.address("team@lists.test"),
                    owners: [
                        bench.owner(bench.olga.address, bench.olga),
                        bench.owner("anne@people.test", bench.olga),
                    ]
                )
            )
        }
        try expectNothing()
        // Nothing stands in the way of the next attempt.
        try bench.makeList()
    }

    @Test("a list of which Postfix cannot be told is not made")
    func unknownToPostfix() throws {
        let nowhere = bench.state.path + "/nowhere"
        let installation: [String: Any] = [
            "configurationDirectory": nowhere, "queueDirectory": nowhere,
            "milterSocket": nowhere, "gateSocket": nowhere, "wayBackSocket": nowhere,
            "mapPath": nowhere + "/map", "mapType": "hash", "gateDomain": "listseal.invalid",
            "dedicatedDomains": [String](), "serviceUser": "nobody",
            "expandedParameters": [String](), "introducedParameters": [String](),
        ]
        let folder = bench.state.path + "/postfix"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try JSONSerialization.data(withJSONObject: installation)
            .write(to: URL(filePath: folder + "/installation.json"))
        bench.expect(.file, "the list was not made") { try bench.makeList() }
        try expectNothing()
    }

    @Test("what cannot be used is refused before anything is made")
    func inputs() throws {
        let owner = try bench.owner(bench.olga.address, bench.olga)
        func create(
            _ address: String,
            _ owners: [NewList.Owner],
            displayName: String = ""
        ) throws {
            _ = try bench.host.create(
                NewList(
                    address: ListHost.address(address),
                    owners: owners,
                    displayName: displayName
                )
            )
        }
        bench.expect(.malformed) { try create("team", [owner]) }
        bench.expect(.malformed) { try create("team+x@lists.test", [owner]) }
        bench.expect(.malformed) { try create("team@lists.test", []) }
        bench.expect(.malformed, "twice") { try create("team@lists.test", [owner, owner]) }
        bench.expect(.malformed, "60 characters") {
            try create("team@lists.test", [owner], displayName: "a\nb")
        }
        bench.expect(.malformed, "cannot be used") {
            let file = KeyFile(name: "a.asc", bytes: Array("no key".utf8))
            let anne = NewList.Owner(address: try ListHost.address("anne@people.test"), key: file)
            try create("team@lists.test", [anne])
        }
        // Copies for the list's own address would go round for ever.
        bench.expect(.notAllowed, "of the list itself") {
            try create("team@lists.test", [bench.owner("team-owner@lists.test", bench.olga)])
        }
        try expectNothing()
        try bench.makeList()
        bench.expect(.inUse) { try create("team@lists.test", [owner]) }
        bench.expect(.inUse) { try create("team-request@lists.test", [owner]) }
        bench.expect(.notAllowed, "cannot be a subscriber") {
            try create("other@lists.test", [bench.owner("team@lists.test", bench.olga)])
        }
        #expect(try bench.files(in: bench.state.path + "/keys") == ["1"])
    }
}
