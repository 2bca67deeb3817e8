import Foundation
import Testing

/// Posts in clear and posts without the list's signature, on a real Postfix.
struct OutgoingTests {
    @Test("what came in clear leaves in clear and signed, what came encrypted encrypted")
    func asReceived() throws {
        let bed = try TestBed(settings: [
            "nonencrypted_msg_action=defer", "encrypt_outgoing=as-received", "archive=30",
        ])
        let (anne, bela) = (bed.anne, bed.bela)
        // Without a key that can be used she gets what is for everybody.
        let dora = try Person("dora", at: bed.host)
        try bed.host.listseal([
            "subscriber", "add", bed.list, dora.address, "--key", dora.keyFile,
        ])
        let ended = "UPDATE certificate SET encryption_expires = 1 WHERE subscriber = "
        try bed.host.sql(
            ended + "(SELECT id FROM subscriber WHERE address = '\(dora.address)')"
        )
        let entity = try anne.signedEntity(
            anne.entity(
                to: bed.list,
                subject: "a plain subject",
                text: "canary-clear, Gr=C3=BC=C3=9Fe"
            )
            .replacing("\r\n\r\n", with: "\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
        )
        let head =
            "From: anne <\(anne.address)>\r\nTo: \(bed.list)\r\nSubject: [...]\r\n"
            + "Date: Sat, 01 Jan 2000 00:00:00 +0000\r\nMessage-ID: <1@laptop.people.test>\r\n"
            + "MIME-Version: 1.0\r\n"
        let dialogue = try bed.send(Array((head + entity).utf8), from: anne)
        #expect(dialogue.reply.hasPrefix("250"), "\(dialogue.reply)")
        for person in bed.subscribers + [dora] {
            let key = try bed.host.listseal(["list", "export-key", bed.list]).bytes
            try person.gpg(["--import"], input: key)
            let letter = try person.letter()
            #expect(!letter.isEncrypted && letter.isSigned, "\(letter.status)")
            #expect(letter.field("Subject") == "Subject: [anne@people.test] a plain subject")
            #expect(
                letter.outside.contains("canary-clear") && letter.outside.contains(anne.address)
            )
            let envelope = letter.field("Return-Path")
            #expect(envelope.contains("team-bounces+"), "\(envelope)")
        }
        // Besides where it arrived it is nowhere in clear.
        try bed.host.waitUntilQuiet()
        for person in bed.subscribers + [dora] {
            try FileManager.default.removeItem(atPath: "\(bed.host.mail)/\(person.address)")
        }
        try bed.host.expectNowhere("canary-clear")
        let post = try bela.post(to: bed.list, text: "canary-secret")
        #expect(try bed.send(post, from: bela).reply.hasPrefix("250"))
        for person in bed.subscribers {
            let letter = try person.letter()
            #expect(letter.isEncrypted && letter.isSigned)
            #expect(letter.text.contains("Encryption: with the list's key"))
        }
        try bed.host.waitUntilQuiet()
        try bed.host.expectNowhere("canary-secret")
        #expect(bed.host.inbox(dora.address).isEmpty)
    }

    @Test("a list that signs no copies sends them all the same, over a crash")
    func unsigned() throws {
        let bed = try TestBed(settings: ["sign_outgoing=false"])
        let refused = try bed.host.listseal(
            ["list", "set", bed.list, "encrypt_outgoing", "as-received"],
            expecting: 1
        )
        #expect(refused.error.contains("sign_outgoing=true"))
        bed.host.stopDaemon()
        try bed.host.startDaemon(environment: ["LISTSEAL_CRASH_AT": "committed"])
        let post = try bed.anne.post(to: bed.list, text: "canary-unsigned")
        _ = try bed.send(post, from: bed.anne)
        try bed.host.wait("the crash") { bed.host.daemon?.isRunning == false }
        try bed.host.startDaemon()
        for person in bed.subscribers {
            let letter = try person.letter()
            #expect(letter.isEncrypted && !letter.status.contains { $0.contains("NEWSIG") })
            let inside = try person.open(letter.bytes).text
            #expect(inside.contains("canary-unsigned") && inside.contains("Signature: good"))
        }
        try bed.host.expectNowhere("canary-unsigned")
    }
}
