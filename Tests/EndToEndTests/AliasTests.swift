import Foundation
import Testing

/// Lists with more than one address, and with another than before.
struct AliasTests {
    private func object(_ result: Shell.Result) throws -> [String: Any] {
        let any = try JSONSerialization.jsonObject(with: result.data)
        return try #require(any as? [String: Any])
    }

    private func send(_ text: String, to list: String, _ bed: TestBed, as code: String) throws {
        let post = try bed.anne.post(to: list, text: text)
        let answer = try bed.send(post, from: bed.anne, to: [list])
        #expect(answer.reply.hasPrefix(code), "\(answer.transcript)")
    }

    @Test("a renamed list is reached by both names, by either door, and everybody is told")
    func renamed() throws {
        let bed = try TestBed()
        let (old, new) = (bed.list, "crew@lists.test")
        let before = try object(try bed.host.listseal(["list", "show", old, "--json"]))
        try bed.host.listseal(["list", "rename", old, new])
        let shown = try object(try bed.host.listseal(["list", "show", new, "--json"]))
        #expect(shown["address"] as? String == new && shown["aliases"] as? [String] == [old])
        for name in ["list_id", "fingerprint"] {
            #expect(shown[name] as? String == before[name] as? String)
        }
        try bed.anne.learnKey(of: new)
        try send("canary-old", to: old, bed, as: "250")
        try send("canary-new", to: new, bed, as: "250")
        // The other door, from a file of the host, by the old name.
        let local = try bed.anne.post(to: old, text: "canary-gate")
        let handed = try Shell.run(
            "sendmail",
            ["-C", bed.host.config, "-f", bed.anne.address, old],
            input: local
        )
        #expect(handed.status == 0, "\(handed.error)")
        try bed.bela.learnKey(of: new)
        let opened = try bed.host.waitForMail(bed.bela.address, count: 4).map { mail in
            (mail: String(decoding: mail, as: UTF8.self), inside: try bed.bela.open(mail))
        }
        for text in ["canary-old", "canary-new", "canary-gate", "has a new address"] {
            #expect(opened.count { $0.inside.text.contains(text) } == 1, "\(text)")
        }
        for copy in opened {
            #expect(copy.mail.contains("\nFrom: \(new)"), "\(copy.mail.prefix(400))")
            #expect(copy.mail.contains("\nList-Id: <team.lists.test>"))
            #expect(copy.inside.status.contains { $0.contains("GOODSIG") })
        }
        // A copy's way back has the new name; one that is under way still finds home.
        let token = try #require(opened[0].mail.firstMatch(of: /crew-bounces\+[a-z2-7]{20}@/))
        let bounce = bed.anne.cleartext(to: old, text: "not delivered")
        for name in ["crew", "team"] {
            let address = String(token.0).replacing("crew", with: name) + "lists.test"
            let answer = try SMTPDialogue.send(bounce, from: "", to: [address], at: bed.host)
            #expect(answer.reply.hasPrefix("250"), "\(answer.transcript)")
        }
        // Taken away, it is nobody's.
        try bed.host.listseal(["list", "alias", "remove", new, old])
        try send("canary-gone", to: old, bed, as: "550 5.1.1")
        try bed.host.listseal(["list", "alias", "remove", new, old], expecting: 1)
    }

    @Test("mail to another address of a list is the list's, in all its roles, and no other list's")
    func alias() throws {
        let bed = try TestBed()
        let alias = "info@other.test"
        try bed.host.listseal(["list", "alias", "add", bed.list, alias])
        try bed.anne.learnKey(of: bed.list)
        try send("canary-alias", to: alias, bed, as: "250")
        let owners = bed.anne.cleartext(to: "info-owner@other.test", text: "canary-owner")
        let answer = try bed.send(owners, from: bed.anne, to: ["info-owner@other.test"])
        #expect(answer.reply.hasPrefix("250"), "\(answer.transcript)")
        let mail = try bed.host.waitForMail(bed.owner.address)[0]
        #expect(try bed.owner.open(mail).text.contains("canary-owner"))
        try bed.expectCopies(1, containing: "canary-alias")
        let copy = String(decoding: bed.host.inbox(bed.cora.address)[0], as: UTF8.self)
        #expect(copy.contains("\nFrom: \(bed.list)"))
        for arguments in [
            ["list", "alias", "add", bed.list, alias],
            ["list", "alias", "add", bed.list, bed.list],
            ["list", "rename", bed.list, alias.replacing("info", with: "a b")],
            // What is a role of a list, or would be, is no list.
            ["list", "alias", "add", bed.list, "team-owner@lists.test"],
            ["list", "rename", bed.list, "info-request@other.test"],
        ] {
            try bed.host.listseal(arguments, expecting: 1)
        }
        try bed.host.listseal(
            [
                "list", "create", alias, "--owner", bed.owner.address, "--owner-key",
                bed.owner.keyFile,
            ],
            expecting: 1
        )
        let found = try object(try bed.host.listseal(["list", "show", alias, "--json"]))
        #expect(found["address"] as? String == bed.list)
    }
}
