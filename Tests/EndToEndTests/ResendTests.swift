import Foundation
import Testing

/// Posts that go on to people outside, on a real Postfix.
struct ResendTests {
    @Test(
        "an owner binds a key by mail, and a subscriber's post goes there, encrypted, as the list's"
    )
    func resent() throws {
        let bed = try TestBed(settings: ["resend_allowed=subscriber", "archive=30"])
        let rita = try Person("rita", at: bed.host)
        let command = try bed.owner.mail(
            to: SubscriptionTests.request,
            subject: "a key",
            text: "key add \(rita.address)\nlist: \(bed.list)\n\n"
                + String(contentsOfFile: rita.keyFile, encoding: .utf8),
            signature: .mime
        )
        try bed.accept(command, from: bed.owner)
        let told = try bed.owner.letter()
        let key = try rita.fingerprint()
        #expect(told.isEncrypted && told.text.contains(key))
        let text =
            "X-Resend: rita@people.test\nX-Resend-Unencrypted: paul@people.test\n"
            + "X-Resend-Unencrypted: gone@nowhere.test\nX-Resend: nobody@people.test\n"
            + "\ncanary-resent"
        let post = try bed.anne.post(
            to: bed.list,
            subject: "to the press",
            text: text.replacing("\n", with: "\r\n")
        )
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        let mail = try bed.host.waitForMail(rita.address)[0]
        let outside = String(decoding: mail, as: UTF8.self)
        #expect(outside.contains("Return-Path: <team-owner@lists.test>"))
        #expect(!outside.contains("anne") && !outside.contains("press"))
        try rita.learnKey(of: bed.list)
        let (inside, status) = try rita.open(mail)
        #expect(inside.contains("canary-resent") && !inside.contains("anne"))
        #expect(!inside.lowercased().contains("x-resend"))
        #expect(status.contains { $0.contains("GOODSIG") })
        let clear = String(
            decoding: try bed.host.waitForMail("paul@people.test")[0],
            as: UTF8.self
        )
        #expect(clear.contains("Subject: to the press") && clear.contains("canary-resent"))
        #expect(!clear.contains("anne"))
        // Everybody knows what was said in everybody's name.
        for person in bed.subscribers {
            let copy = try person.open(bed.host.waitForMail(person.address)[0]).text
                .replacing("=\r\n", with: "").replacing("=\n", with: "")
            #expect(copy.contains("Forwarded: to rita@people.test, encrypted with key"))
            #expect(copy.contains("Forwarded: to paul@people.test, in clear"))
            #expect(copy.contains("Forwarded: not to nobody@people.test: the list has no key"))
        }
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox("nobody@people.test").isEmpty)
        // What is kept is hers to read who gets it, and nobody else's.
        let folder = bed.host.scratch + "/archive"
        try bed.host.listseal(["archive", "export", bed.list, folder, "--to", rita.keyFile])
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder + "/new")
        #expect(kept.count == 1)
        let octets = Array(try Data(contentsOf: URL(filePath: "\(folder)/new/\(kept[0])")))
        #expect(!String(decoding: octets, as: UTF8.self).contains("canary"))
        #expect(try rita.open(octets).text.contains("canary-resent"))
        let contacts = try bed.host.listseal(["contacts", bed.list]).output
        #expect(contacts.contains(rita.address))
        // A paused list asks to come again.
        try bed.host.listseal(["list", "pause", bed.list])
        let later = try bed.anne.post(to: bed.list, text: "later")
        #expect(try bed.send(later, from: bed.anne).reply.hasPrefix("451 4.3.2"))
        try bed.host.listseal(["list", "resume", bed.list])
        // An answer comes by the rule for nonmembers.
        let refused = try rita.post(to: bed.list, text: "canary-answer")
        #expect(try bed.send(refused, from: rita).reply.hasPrefix("550 5.7.1"))
        try bed.host.listseal(["list", "set", bed.list, "nonmember_action", "accept"])
        let answer = try rita.post(to: bed.list, text: "canary-answer")
        #expect(try bed.send(answer, from: rita).reply.hasPrefix("250"))
        let second = try bed.host.waitForMail(bed.cora.address, count: 2)[1]
        let answered = try bed.cora.open(second).text
        #expect(answered.contains("canary-answer") && answered.contains("(not verified)"))
        // What comes back comes to the owners, sealed.
        let bounce = try bed.owner.letter(2)
        #expect(bounce.isEncrypted && !bounce.outside.contains("nowhere"))
        #expect(try bed.owner.open(bounce.bytes).text.contains("gone@nowhere.test"))
        // An owner's setting, by mail; and nobody else's.
        func set(_ person: Person) throws -> SMTPDialogue {
            try bed.send(
                try person.mail(
                    to: SubscriptionTests.request,
                    subject: "x",
                    text: "set resend_allowed none\nlist: \(bed.list)",
                    signature: .mime
                ),
                from: person,
                to: [SubscriptionTests.request]
            )
        }
        #expect(try set(bed.anne).reply.hasPrefix("550"))
        #expect(try set(bed.owner).reply.hasPrefix("250"))
        let shown = try bed.host.listseal(["list", "show", bed.list])
        #expect(shown.output.contains("resend_allowed = none"))
    }
}
