import Administration
import Foundation
import ListServer
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// What an administrator does with the people of a list.
@Suite struct PeopleTests {
    private let bench: HostBench
    private let list: MailingList
    private let anne: TestKeyring

    init() throws {
        bench = try HostBench()
        list = try bench.makeList()
        anne = try TestKeyring("anne")
    }

    @Test("a person is added with their key, and somebody else's key is refused")
    func keyInUse() throws {
        let file = try bench.keyFile(of: anne)
        let added = try bench.host.add(ListHost.address(anne.address), key: file, to: list).report
        #expect(added.fingerprint == anne.fingerprint && added.roles == ["subscriber"])
        bench.expect(.inUse, file.name) {
            _ = try bench.host.add(ListHost.address("bela@people.test"), key: file, to: list)
        }
        bench.expect(.inUse, file.name) {
            let olga = try bench.host.person(at: ListHost.address(bench.olga.address), of: list)
            _ = try bench.host.setKey(file, of: olga, in: list)
        }
        #expect(
            try bench.host.people(of: list).report.map(\.address)
                == [bench.olga.address, anne.address]
        )
    }

    @Test("no address of a list of the host becomes a subscriber")
    func listAddress() throws {
        let other = try bench.makeList("other")
        let file = try bench.keyFile(of: anne)
        for address in ["team@lists.test", "team-owner@lists.test"] {
            bench.expect(.notAllowed, "of the list itself") {
                _ = try bench.host.add(ListHost.address(address), key: file, to: list)
            }
            bench.expect(.notAllowed, "cannot be a subscriber") {
                _ = try bench.host.add(ListHost.address(address), key: file, to: other)
            }
        }
    }

    @Test("of a table those with a good key are added, and the others are named with a reason")
    func table() throws {
        let directory = try TemporaryDirectory()
        try directory.write(try anne.publicKey(armored: true), to: "anne.asc")
        let text =
            "# address,key\nanne@people.test, anne.asc\n\nbela@people.test,anne.asc\n"
            + "nobody,anne.asc\ncora@people.test,missing.asc\n"
        let table = try PeopleTable(csv: try directory.write(Array(text.utf8), to: "table.csv"))
        var steps = 0
        let people = bench.host.add(table, to: list) { steps += 1 }.report
        #expect(people.added.map(\.address) == [anne.address] && steps == 4)
        #expect(
            people.failed.map(\.address) == ["bela@people.test", "nobody", "cora@people.test"]
        )
        #expect(people.failed.allSatisfy { $0.reason.contains("\nhint: ") })
        bench.expect(.malformed, "ADDRESS,KEYFILE") {
            _ = try PeopleTable(csv: try directory.write(Array("anne".utf8), to: "bad.csv"))
        }
        #expect(try PeopleTable(folder: directory.path).rows.map(\.address) == ["anne"])
    }

    @Test("a role is removed, the last one with the person, and never the last owner")
    func roles() throws {
        let olga = try bench.host.person(at: ListHost.address(bench.olga.address), of: list)
        bench.expect(.notAllowed, "last owner") {
            _ = try bench.host.remove(.owner, of: olga, in: list)
        }
        bench.expect(.notAllowed, "--role") {
            _ = try bench.host.remove(.authors, of: olga, in: list)
        }
        let person = try bench.add(anne, to: list)
        let left = try bench.host.remove(.authors, of: person, in: list).report
        #expect(left.remainingRoles.isEmpty)
        bench.expect(.notFound, "subscribers team@lists.test") {
            _ = try bench.host.person(at: person.address, of: list)
        }
    }

    @Test("copies are suspended and resumed, and posts are held or not, as the report says")
    func states() throws {
        let person = try bench.add(anne, to: list)
        #expect(
            try bench.host.setDelivery(.suspended, of: person, in: list).report.delivery
                == "suspended"
        )
        #expect(
            try bench.host.setDelivery(.active, of: person, in: list).report.delivery == "active"
        )
        #expect(try bench.host.setModerated(true, person, in: list).report.isModerated)
        #expect(try !bench.host.setModerated(false, person, in: list).report.isModerated)
    }

    @Test("a key that changed in the meantime is not replaced")
    func outdated() throws {
        let person = try bench.add(anne, to: list)
        let second = try TestKeyring("anne", algorithm: .nistP256)
        _ = try bench.host.setKey(try bench.keyFile(of: second), of: person, in: list)
        let third = try TestKeyring("anne", algorithm: .nistP384)
        bench.expect(.outdated) {
            _ = try bench.host.setKey(try bench.keyFile(of: third), of: person, in: list)
        }
        let now = try bench.host.person(at: person.address, of: list)
        #expect(now.certificate?.fingerprint.description == second.fingerprint)
    }

    @Test("an external contact has one key, whatever its names, until that is forgotten")
    func externalContacts() throws {
        let address = try ListHost.address("press@elsewhere.test")
        _ = try bench.host.bindKey(try bench.keyFile(of: bench.olga), to: address, in: list)
        let bound = try bench.host.bindKey(try bench.keyFile(of: anne), to: address, in: list)
        #expect(bound.report.fingerprint == anne.fingerprint)
        let all = try bench.host.externalContacts(of: list).report
        #expect(all.map(\.fingerprint) == [anne.fingerprint])
        #expect(
            try bench.host.unbindKey(of: address, in: list).report.address == address.description
        )
        #expect(try bench.host.externalContacts(of: list).report.isEmpty)
        bench.expect(.notFound, "contacts team@lists.test") {
            _ = try bench.host.unbindKey(of: address, in: list)
        }
    }
}
