import Administration
import GnuPG
import ListServer
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// What an administrator changes of a list that exists.
@Suite struct ChangeListTests {
    private let bench: HostBench
    private let list: MailingList

    init() throws {
        bench = try HostBench()
        list = try bench.makeList()
    }

    @Test("a setting is changed by its name, and a wrong one is told with what is right")
    func set() throws {
        let report = try bench.host.set("archive", to: "3", of: list).report
        #expect(report.settings["archive"] == "3")
        #expect(try bench.host.list(at: "team@lists.test").settings.archiveDays == 3)
        bench.expect(.notFound, "there are display_name") {
            _ = try bench.host.set("no_such", to: "1", of: list)
        }
        bench.expect(.malformed, "0 to 36500") {
            _ = try bench.host.set("archive", to: "36501", of: list)
        }
        bench.expect(.notAllowed, "from=original") {
            _ = try bench.host.set("preserve_original_sig", to: "true", of: list)
        }
        #expect(try bench.host.list(at: "team@lists.test").settings.archiveDays == 3)
    }

    @Test("an owner changes by mail what an administrator can, but for what is the host's")
    func owner() {
        for (name, value) in [
            ("paused", "true"), ("original_domains", "people.test"),
            ("subscription_policy", "key-set, key-confirm, exec:/bin/sh"),
        ] {
            var settings = ListSettings()
            #expect(throws: SettingRefusal.self, "\(name)") {
                try settings.change(name, to: value, by: .owner)
            }
            #expect(settings == ListSettings(), "\(name)")
            #expect(throws: Never.self, "\(name)") {
                try settings.change(name, to: value, by: .administrator)
            }
            #expect(settings != ListSettings(), "\(name)")
        }
    }

    @Test("a list is paused and accepts mail again")
    func pause() throws {
        #expect(try bench.host.setPaused(true, list).report.settings["paused"] == "true")
        #expect(try bench.host.setPaused(false, list).report.settings["paused"] == "false")
    }

    @Test("a renamed list keeps its List-Id, is reached by both names, and tells everybody")
    func rename() throws {
        let report = try bench.host.rename(list, to: ListHost.address("crew@lists.test")).report
        #expect(report.address == "crew@lists.test" && report.aliases == ["team@lists.test"])
        #expect(report.listID == list.listID)
        let renamed = try bench.host.list(at: "team@lists.test")
        #expect(renamed.id == list.id)
        let told = try bench.host.pendingCopies(of: renamed, limit: 10).report
        #expect(told.map(\.recipient) == [bench.olga.address])
        let key = try TestProgram.output(
            ["gpg", "--batch", "--show-keys", "--with-colons"],
            input: try bench.host.exportKey(of: renamed, armored: false)
        )
        let names = String(decoding: key, as: UTF8.self)
        #expect(names.contains("<crew-request@lists.test>") && names.contains("<team@lists.test>"))
    }

    @Test("a list is not renamed to its own address, to another list's, or to a role of one")
    func renameRefused() throws {
        try bench.makeList("other")
        bench.expect(.malformed, "already") {
            _ = try bench.host.rename(list, to: ListHost.address("team@lists.test"))
        }
        for address in ["other@lists.test", "other-owner@lists.test"] {
            bench.expect(.inUse, "other@lists.test") {
                _ = try bench.host.rename(list, to: ListHost.address(address))
            }
        }
        #expect(try bench.host.list(at: "team@lists.test").aliases.isEmpty)
    }

    @Test("an alias is added and removed, and only one that there is")
    func alias() throws {
        let alias = try ListHost.address("crew@lists.test")
        #expect(try bench.host.addAlias(alias, to: list).report.aliases == ["crew@lists.test"])
        let changed = try bench.host.list(at: "crew@lists.test")
        #expect(changed.id == list.id)
        #expect(try bench.host.removeAlias(alias, from: changed).report.aliases.isEmpty)
        bench.expect(.notFound, "it has none") {
            _ = try bench.host.removeAlias(alias, from: list)
        }
    }

    @Test("a deleted list leaves nothing but the certificate that revokes its key")
    func delete() throws {
        #expect(try !bench.host.previewDeletion(of: list).report.isDeleted)
        #expect(try bench.host.list(at: "team@lists.test") == list)
        #expect(try bench.host.delete(list).report.isDeleted)
        bench.expect(.notFound) { _ = try bench.host.list(at: "team@lists.test") }
        #expect(try bench.files(in: bench.state.path + "/keys").isEmpty)
        #expect(try bench.files(in: bench.state.revocations) == ["\(list.fingerprint).asc"])
    }

    @Test("another key is in force at once, and a second one waits for the first to end")
    func rotateKey() throws {
        let replaced = try bench.host.rotateKey(of: list, days: 30, to: .curve25519).report
        #expect(replaced.previousFingerprint == list.fingerprint.description)
        let changed = try bench.host.list(at: "team@lists.test")
        #expect(changed.fingerprint.description == replaced.fingerprint)
        bench.expect(.notAllowed, "is in use until") {
            _ = try bench.host.rotateKey(of: changed, days: 30, to: .curve25519)
        }
        // A stolen key waits for nothing.
        let revoked = try bench.host.revokeKey(of: changed, to: .curve25519).report
        #expect(revoked.previousFingerprint == replaced.fingerprint)
        #expect(revoked.revokedKey != nil)
    }
}
