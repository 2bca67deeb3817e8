import Foundation
import Testing

/// What an administrator types, and what is true behind it.
@Suite(.serialized)
struct CommandTests {
    @Test("of a table of people those with a good key are added, and the others are named")
    func table() throws {
        let host = try Host()
        defer { host.tearDown() }
        let people = try ["olga", "anne", "bela"].map { try Person($0, at: host) }
        try host.listseal([
            "list", "create", "team@lists.test", "--owner", people[0].address, "--owner-key",
            people[0].keyFile,
        ])
        let table = host.scratch + "/people/table.csv"
        try """
        # address,key
        anne@people.test, anne.asc

        bela@people.test,bela.asc
        cora@people.test,cora.asc
        dora@people.test,anne.asc
        """.write(toFile: table, atomically: true, encoding: .utf8)
        let result = try host.listseal(
            ["subscriber", "add", "team@lists.test", "--csv", table, "--json"],
            expecting: 1
        )
        let report = try #require(
            try JSONSerialization.jsonObject(with: result.data) as? [String: [[String: Any]]]
        )
        #expect(
            report["added"]?.map { $0["address"] as? String } == [
                "anne@people.test", "bela@people.test",
            ]
        )
        // A file that is not there, and a key that another has.
        let failed = try #require(report["failed"])
        #expect(
            failed.map { $0["address"] as? String } == ["cora@people.test", "dora@people.test"]
        )
        #expect(failed.allSatisfy { ($0["reason"] as? String)?.contains("hint: ") == true })
        let there = try host.listseal(["subscribers", "team@lists.test", "--json"]).output
        #expect(there.contains("anne@people.test") && !there.contains("dora@people.test"))
    }

    @Test("a revoked key is taken as the end of the known one, and the command says so")
    func revoked() throws {
        let host = try Host()
        defer { host.tearDown() }
        let (olga, anne) = (try Person("olga", at: host), try Person("anne", at: host))
        let list = "team@lists.test"
        try host.listseal([
            "list", "create", list, "--owner", olga.address, "--owner-key", olga.keyFile,
        ])
        try host.listseal(["subscriber", "add", list, anne.address, "--key", anne.keyFile])
        let folder = anne.home + "/openpgp-revocs.d"
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let revocation = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            .replacing(":-----BEGIN", with: "-----BEGIN")
        try anne.gpg(["--import"], input: Array(revocation.utf8))
        let revoked = host.scratch + "/people/revoked.asc"
        try anne.gpg(["--armor", "--export"]).data.write(to: URL(filePath: revoked))
        // Of somebody new it is refused.
        try host.listseal(
            ["subscriber", "add", list, "bela@people.test", "--key", revoked],
            expecting: 1
        )
        let update = ["subscriber", "set-key", list, anne.address, "--key", revoked]
        #expect(try host.listseal(update).error.contains("the key is revoked"))
        // What she had before does not bring it back.
        let old = try host.listseal([
            "subscriber", "add", list, anne.address, "--key", anne.keyFile,
        ])
        #expect(old.error.contains("the key is revoked"))
    }

    @Test("a list is deleted with its key, also when the key is gone already, and no other list is")
    func deleted() throws {
        let host = try Host()
        defer { host.tearDown() }
        let olga = try Person("olga", at: host)
        for list in ["team@lists.test", "other@lists.test"] {
            try host.listseal([
                "list", "create", list, "--owner", olga.address, "--owner-key", olga.keyFile,
            ])
        }
        // Both lists' addresses, for web servers; of a list that is gone nothing stays.
        let wkd = host.scratch + "/wkd"
        let folder = wkd + "/lists.test/hu"
        func published() throws -> Int {
            try host.listseal(["wkd", "export", wkd])
            return try FileManager.default.contentsOfDirectory(atPath: folder).count
        }
        #expect(try published() == 4)
        #expect(FileManager.default.fileExists(atPath: wkd + "/lists.test/policy"))
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let file = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            // Binary, and of one name only (draft-koch-openpgp-webkey-service §3.1).
            #expect(file.first.map { $0 & 0x80 } == 0x80)
            let shown = try olga.gpg(["--show-keys", "--with-colons"], input: Array(file))
            #expect(shown.output.split(separator: "\n").filter { $0.hasPrefix("uid") }.count == 1)
        }
        let closed = try Shell.run("find", [wkd, "-type", "d", "-not", "-perm", "0755"])
        #expect(closed.output.isEmpty, "\(closed.output)")
        // Somebody's own key and the domain's policy are not ours to touch.
        let somebody = folder + "/iy9q119eutrkn8s1mk4r39qejnbu3n5q"
        try Data("hers".utf8).write(to: URL(filePath: somebody))
        try Data("mailbox-only\n".utf8).write(to: URL(filePath: wkd + "/lists.test/policy"))
        // No name of a list leads out of the state directory.
        for name in ["../x@lists.test", "a/../../b@lists.test", "\"../x\"@lists.test"] {
            try host.listseal(
                ["list", "create", name, "--owner", olga.address, "--owner-key", olga.keyFile],
                expecting: 1
            )
        }
        let asked = try host.listseal(["list", "delete", "team@lists.test"])
        #expect(asked.output.contains("add --yes"))
        #expect(FileManager.default.fileExists(atPath: host.state + "/keys/1"))
        // A run before this one got no further than the key.
        _ = try Shell.run("gpgconf", ["--homedir", host.state + "/keys/1", "--kill", "all"])
        try FileManager.default.removeItem(atPath: host.state + "/keys/1")
        try host.listseal(["list", "delete", "team@lists.test", "--yes"])
        try host.listseal(["list", "show", "team@lists.test"], expecting: 1)
        #expect(try published() == 3)
        try host.listseal(["list", "delete", "other@lists.test", "--yes"])
        #expect(!FileManager.default.fileExists(atPath: host.state + "/keys/2"))
        // Of a domain without lists nothing is left but that.
        #expect(try published() == 1)
        #expect(try String(contentsOfFile: somebody, encoding: .utf8) == "hers")
        let policy = try String(contentsOfFile: wkd + "/lists.test/policy", encoding: .utf8)
        #expect(policy == "mailbox-only\n")
        #expect(try host.listseal(["lists", "--json"]).output == "[]\n")
        // Keys and what revokes them are one user's.
        let modes = try Shell.run("find", [host.state, "-perm", "/077", "-not", "-type", "l"])
        #expect(modes.output.isEmpty, "\(modes.output)")
    }

    @Test("a wrong value names the right ones, and what prints data prints it as JSON")
    func settings() throws {
        let bed = try TestBed()
        for (name, value, words) in [
            ("unsigned_msg_action", "maybe", "accept, hold, reject, discard, ignore"),
            ("archive", "36501", "days, 0 to 36500"), ("metadata", "all, date", "addressed"),
            ("deliver_own_posts", "yes", "true or false"), ("language", "xx", "en, de"),
            ("posting", "", "subscribers, owners"), ("no_such", "x", "there are display_name"),
            ("subscription_policy", "key-confirm", "key-set"),
        ] {
            let refused = try bed.host.listseal(
                ["list", "set", bed.list, name, value],
                expecting: 1
            )
            #expect(refused.error.contains("hint: ") && refused.error.contains(words), "\(name)")
        }
        let message = bed.host.scratch + "/people/post.eml"
        try Data(bed.anne.post(to: bed.list, text: "words")).write(to: URL(filePath: message))
        let refusal = try bed.send(
            bed.anne.cleartext(to: bed.list, text: "words"),
            from: bed.anne
        ).reply
        let reference = try #require(refusal.firstMatch(of: /\(ref ([0-9A-Za-z]+)\)/)).1
        let commands = [
            ["lists"], ["list", "show", bed.list], ["list", "set", bed.list, "archive", "3"],
            ["subscribers", bed.list], ["subscriber", "show", bed.list, bed.anne.address],
            ["subscriber", "suspend", bed.list, bed.anne.address],
            ["subscriber", "resume", bed.list, bed.anne.address], ["contacts", bed.list],
            ["queue", "show"], ["queue", "retry"], ["held", "list", bed.list],
            ["workflows", bed.list],
            ["status"], ["log", String(reference)], ["explain", bed.list, message],
            ["postfix", "check", "--config-directory", bed.host.config],
            [
                "archive", "export", bed.list, bed.host.scratch + "/archive", "--to",
                bed.anne.keyFile,
            ],
            ["wkd", "export", bed.host.scratch + "/wkd"], ["refresh", "wanted"],
        ]
        for command in commands {
            let printed = try bed.host.listseal(command + ["--json"], expecting: nil)
            #expect(
                throws: Never.self,
                "\(command): \(printed.output)\(printed.error)"
            ) {
                try JSONSerialization.jsonObject(with: printed.data, options: .fragmentsAllowed)
            }
        }
        let several = try bed.host.listseal(["explain", bed.list, message, message, "--json"])
        #expect(several.output.split(separator: "\n").count == 2)
        // A list's address is nobody's who could read.
        let list = try bed.host.listseal(
            ["subscriber", "add", bed.list, "team-owner@lists.test", "--key", bed.anne.keyFile],
            expecting: 1
        )
        #expect(list.error.contains("of the list itself"))
        try bed.makeList("other@lists.test", subscribed: false)
        let other = try bed.host.listseal(
            ["subscriber", "add", "other@lists.test", bed.list, "--key", bed.anne.keyFile],
            expecting: 1
        )
        #expect(other.error.contains("a list cannot be a subscriber"))
        // What revokes the key is beside it, for another place.
        let revocations = try FileManager.default
            .contentsOfDirectory(atPath: bed.host.state + "/revocations")
        #expect(revocations.count == 2)
    }

    @Test("two owners with one key leave no list, no key and no entry in Postfix's table")
    func sharedKey() throws {
        let host = try Host()
        defer { host.tearDown() }
        let olga = try Person("olga", at: host)
        try host.listseal(["postfix", "setup", "--config-directory", host.config])
        func create(_ owners: [(String, String)]) -> [String] {
            ["list", "create", "team@lists.test"]
                + owners.flatMap { ["--owner", $0.0, "--owner-key", $0.1] }
        }
        func left() throws -> [String] {
            try ["keys", "revocations"].flatMap {
                try FileManager.default.contentsOfDirectory(atPath: host.state + "/" + $0)
            }
        }
        func table() throws -> String {
            try Shell.run("grep", ["-rh", "team", host.state + "/postfix"]).output
        }
        let refused = try host.listseal(
            create([(olga.address, olga.keyFile), ("anne@people.test", olga.keyFile)]),
            expecting: 1
        )
        #expect(refused.error.contains("belongs to another person of this list\nhint: "))
        #expect(try host.listseal(["lists", "--json"]).output == "[]\n")
        #expect(try left().isEmpty && table().isEmpty)
        try host.listseal(create([(olga.address, olga.keyFile)]))
        #expect(try left().count == 2 && table().contains("team-request@lists.test"))
    }

    @Test("a dry run of the set-up writes nothing, not even a state directory")
    func dryRun() throws {
        let host = try Host()
        defer { host.tearDown() }
        let before = try Shell.run(
            "sha256sum",
            [host.config + "/main.cf", host.config + "/master.cf"]
        )
        for command in [["setup", "--dry-run"], ["check"], ["remove", "--dry-run"]] {
            try host.listseal(
                ["postfix"] + command + ["--config-directory", host.config],
                expecting: nil
            )
            #expect(!FileManager.default.fileExists(atPath: host.state), "\(command)")
        }
        let after = try Shell.run(
            "sha256sum",
            [host.config + "/main.cf", host.config + "/master.cf"]
        )
        #expect(before.output == after.output)
    }

    @Test("a list with an RSA key takes and distributes posts as another does")
    func rsa() throws {
        let bed = try TestBed()
        for size in ["100", "40960", "2048; id"] {
            let refused = try bed.host.listseal(
                [
                    "list", "create", "x@lists.test", "--owner", bed.owner.address, "--owner-key",
                    bed.owner.keyFile, "--rsa", size,
                ],
                expecting: 64
            )
            #expect(refused.error.contains("--rsa"))
        }
        // Nothing is left of a list that was not made.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: bed.host.state + "/keys") == ["1"]
        )
        let list = "rsa@lists.test"
        try bed.makeList(list, options: ["--rsa", "3072"])
        let post = try bed.anne.post(to: list, text: "canary-rsa")
        #expect(try bed.send(post, from: bed.anne, to: [list]).reply.hasPrefix("250 2.0.0 Ok"))
        try bed.expectCopies(1, containing: "canary-rsa")
        let copy = try #require(bed.host.inbox(bed.bela.address).first)
        #expect(try bed.bela.open(copy).status.contains { $0.contains(" GOODSIG ") })
    }
}
