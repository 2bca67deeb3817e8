import Foundation
import Testing

@testable import PostfixSetup

@Suite("Postfix set-up and removal")
struct SetupTests {
    @Test("A second run changes nothing", arguments: StartingPoint.all)
    func idempotent(point: StartingPoint) throws {
        let postfix = try point.make()
        let first = try postfix.attach("club@lists.example", "news@local.example")
        #expect(!first.changesNothing)
        let files = try [postfix.read("main.cf"), postfix.read("master.cf")]
        let second = try postfix.attach("news@local.example", "club@lists.example")
        #expect(second.changesNothing)
        #expect(second.difference == "")
        #expect(try [postfix.read("main.cf"), postfix.read("master.cf")] == files)
    }

    @Test("Removal puts both files back byte for byte", arguments: StartingPoint.all)
    func byteIdentical(point: StartingPoint) throws {
        let postfix = try point.make()
        let before = try [postfix.read("main.cf"), postfix.read("master.cf")]
        try postfix.attach("club@lists.example")
        try postfix.attach("club@lists.example", "choir@other.example")
        #expect(try [postfix.read("main.cf"), postfix.read("master.cf")] != before)
        let removal = try postfix.setup.remove()
        #expect(removal.isByteIdentical)
        #expect(try [postfix.read("main.cf"), postfix.read("master.cf")] == before)
        #expect(try postfix.installation == nil)
    }

    @Test("A foreign edit survives the next setup and removal", arguments: StartingPoint.all)
    func foreignEdit(point: StartingPoint) throws {
        let postfix = try point.make()
        let settings = try Self.settings(postfix)
        try postfix.attach("club@lists.example")
        // An administrator adds a milter behind ours, a service, and a setting.
        let milters = try postfix.postconf("-h", "smtpd_milters")
        _ = try postfix.postconf("-e", "smtpd_milters = \(milters), inet:localhost:9999")
        _ = try postfix.postconf("-e", "smtpd_helo_required = yes")
        _ = try postfix.postconf("-M", "extra/unix=extra unix - - n - - pipe")
        #expect(try postfix.check("club@lists.example").map(\.kind).contains(.milterNotLast))
        try postfix.attach("club@lists.example")
        #expect(
            try ParameterList(postfix.postconf("-h", "smtpd_milters")).elements.last
                .map(OwnNames.isMilter) == true
        )
        _ = try postfix.postconf("-e", "smtpd_banner = hello")
        let removal = try postfix.setup.remove()
        #expect(!removal.isByteIdentical)
        #expect(removal.difference.contains("-listseal-in"))
        var after = try Self.settings(postfix)
        #expect(after.removeValue(forKey: "smtpd_helo_required") == "yes")
        #expect(after.removeValue(forKey: "smtpd_banner") == "hello")
        let rest = after.removeValue(forKey: "smtpd_milters")
        var expected = settings
        expected["smtpd_banner"] = nil
        let before = ParameterList(expected.removeValue(forKey: "smtpd_milters") ?? "").elements
        #expect(rest.map { ParameterList($0).elements } == before + ["inet:localhost:9999"])
        #expect(after == expected)
        #expect(try !postfix.read("master.cf").contains("listseal"))
        #expect(try postfix.read("master.cf").contains("extra"))
    }

    @Test("Our milter is last, and references to the milter list become literal")
    func milters() throws {
        let postfix = try PrivatePostfix(
            main: """
                signer = inet:localhost:8891
                smtpd_milters = $signer, { inet:localhost:8892, connect_timeout=5s }
                non_smtpd_milters = $smtpd_milters

                """
        )
        try postfix.attach("club@lists.example")
        #expect(
            try postfix.postconf("-h", "smtpd_milters")
                == "$signer, { inet:localhost:8892, connect_timeout=5s }, "
                + "{ unix:listseal/milter.sock, default_action=accept, content_timeout=600s }"
        )
        #expect(
            try postfix.postconf("-h", "non_smtpd_milters")
                == "$signer, { inet:localhost:8892, connect_timeout=5s }"
        )
        #expect(
            try postfix.postconf("-P", "listseal-in/unix/smtpd_milters")
                == "listseal-in/unix/smtpd_milters = "
                + "inet:localhost:8891,{inet:localhost:8892,connect_timeout=5s}"
        )
    }

    @Test("A dry run writes nothing at all")
    func dryRun() throws {
        let postfix = try PrivatePostfix()
        let plan = try postfix.setup.plan(addresses: .of(["club@lists.example"]))
        #expect(plan.difference.contains("+transport_maps = inline:{{listseal.invalid="))
        #expect(plan.difference.contains("+listseal-in unix"))
        #expect(!FileManager.default.fileExists(atPath: postfix.state))
        #expect(try FileManager.default.contentsOfDirectory(atPath: postfix.queue) == [])
    }

    @Test("A circle of milter lists stops setup before anything is written")
    func circle() throws {
        let postfix = try PrivatePostfix(
            main: "smtpd_milters = $non_smtpd_milters\nnon_smtpd_milters = $smtpd_milters\n"
        )
        #expect(throws: PostfixSetupError.self) { try postfix.attach("club@lists.example") }
        #expect(!FileManager.default.fileExists(atPath: postfix.state))
    }

    @Test("An edit between plan and application is not overwritten")
    func changedMeanwhile() throws {
        let postfix = try PrivatePostfix()
        let plan = try postfix.setup.plan(addresses: .of(["club@lists.example"]))
        try postfix.write("main.cf", postfix.read("main.cf") + "smtpd_helo_required = yes\n")
        #expect(
            throws: PostfixSetupError.changedMeanwhile(path: postfix.directory + "/main.cf")
        ) { try postfix.setup.apply(plan) }
    }

    @Test("Original files are stored completely, readable by root only")
    func originals() throws {
        let postfix = try PrivatePostfix()
        let before = try postfix.read("main.cf")
        try postfix.attach("club@lists.example")
        let path = postfix.state + "/postfix/original/main.cf"
        #expect(try String(contentsOfFile: path, encoding: .utf8) == before)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test("An original that the service user could have written is not restored")
    func untrusted() throws {
        let postfix = try PrivatePostfix()
        try postfix.attach("club@lists.example")
        let path = postfix.state + "/postfix/original/main.cf"
        try FileManager.default.setAttributes(
            [.ownerAccountName: postfix.user],
            ofItemAtPath: path
        )
        #expect(throws: PostfixSetupError.untrusted(path: path, owner: postfix.user)) {
            try postfix.setup.remove()
        }
    }

    @Test("A state directory serves one instance")
    func attachedElsewhere() throws {
        let postfix = try PrivatePostfix()
        try postfix.attach("club@lists.example")
        let other = try PrivatePostfix()
        let setup = try PostfixSetup(configDirectory: other.directory, state: postfix.state)
        #expect(
            throws: PostfixSetupError.attachedElsewhere(
                recorded: postfix.directory,
                asked: other.directory
            )
        ) { try setup.plan(addresses: .of([])) }
    }

    @Test("The socket directory belongs to the service user and Postfix's group")
    func socketDirectory() throws {
        let postfix = try PrivatePostfix()
        try postfix.attach("club@lists.example")
        let path = postfix.queue + "/listseal"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.ownerAccountName] as? String == postfix.user)
        #expect(attributes[.groupOwnerAccountName] as? String == "postfix")
        let mode = try ExternalProgram("stat").output(["-c", "%a", path])
        #expect(mode == "2750\n")
    }

    @Test("A state directory that root made first becomes the service user's")
    func handOver() throws {
        let postfix = try PrivatePostfix()
        let database = postfix.state + "/keys/listseal.sqlite"
        try FileManager.default.createDirectory(
            atPath: postfix.state + "/keys",
            withIntermediateDirectories: true
        )
        try Data().write(to: URL(filePath: database))
        try postfix.attach("club@lists.example")
        func owner(_ path: String) throws -> String? {
            try FileManager.default.attributesOfItem(atPath: path)[.ownerAccountName] as? String
        }
        #expect(try owner(postfix.state) == postfix.user)
        #expect(try owner(database) == postfix.user)
        // Files that root trusts later stay root's.
        #expect(try owner(postfix.state + "/postfix") == "root")
        #expect(try owner(postfix.state + "/postfix/installation.json") == "root")
    }

    private static func settings(_ postfix: PrivatePostfix) throws -> [String: String] {
        try PostfixInstance(directory: postfix.directory).settings()
    }
}
