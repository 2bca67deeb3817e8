import Foundation
import Testing

/// What becomes of the key of a subscriber, by mail.
struct KeyLifeTests {
    private static let request = SubscriptionTests.request

    @Test("another key takes the place of the old one, moderated or not", arguments: [false, true])
    func change(isModerated: Bool) throws {
        let bed = try TestBed(
            settings: isModerated ? ["key_change_workflow=key-confirm, moderate"] : []
        )
        let (anne, olga) = (bed.anne, bed.owner)
        let old = try anne.fingerprint()
        // The same address, another key, in another home.
        let later = try Person("anne", at: bed.host, home: "anne-later")
        try later.learnKey(of: bed.list)
        let new = try later.fingerprint()
        let key = try later.gpg(["--armor", "--export", later.address]).output
        func ask(_ signature: SignatureStyle) throws -> [UInt8] {
            try anne.mail(
                to: Self.request,
                subject: "key change",
                text: "key change\n\n\(key)",
                signature: signature
            )
        }
        #expect(
            try bed.send(try ask(.none), from: anne, to: [Self.request]).reply
                .hasPrefix("550 5.7.1")
        )
        let request = try ask(.encrypted)
        try bed.accept(request, from: anne)
        let challenge = try later.letter()
        #expect(challenge.isEncrypted && challenge.text.contains("old-fingerprint: \(old)"))
        #expect(challenge.text.contains("fingerprint: \(new)"))
        // Not by the new key alone: she who has only that took the mailbox.
        #expect(
            try bed.send(
                try later.reply(to: challenge, signature: .mime),
                from: later,
                to: [Self.request]
            ).reply.hasPrefix("550 5.7.1")
        )
        try bed.accept(try anne.reply(to: challenge, signature: .mime), from: anne)
        if isModerated {
            let notice = try olga.letter()
            let line = notice.text.split(separator: "\n").first { $0.hasPrefix("accept ") }
            try bed.accept(
                try olga.reply(to: notice, text: String(try #require(line)), signature: .mime),
                from: olga
            )
        }
        let told = try [
            anne.letter(2), later.read(bed.host.waitForMail(anne.address, count: 3)[2]),
        ]
        #expect(told.allSatisfy { $0.text.contains(new) && $0.text.contains(old) })
        let post = try later.post(to: bed.list, text: "canary-new")
        #expect(try bed.send(post, from: later).reply.hasPrefix("250"))
        let stale = try anne.post(to: bed.list, text: "canary-old")
        #expect(try bed.send(stale, from: anne).reply.hasPrefix("550 5.7.1"))
        // The request once more, in another envelope, is a replay.
        let again = String(decoding: request, as: UTF8.self)
            .replacing("Message-ID: <", with: "Message-ID: <x")
        #expect(
            try bed.send(Array(again.utf8), from: anne, to: [Self.request]).reply
                .hasPrefix("550 5.7.1")
        )
    }

    @Test("a later expiry is taken by key update, though the key has expired")
    func update() throws {
        let bed = try TestBed()
        let anne = bed.anne
        let fingerprint = try anne.fingerprint()
        try anne.gpg(["--quick-set-expire", fingerprint, "seconds=2"])
        try anne.gpg(["--quick-set-expire", fingerprint, "seconds=2", "*"])
        try anne.gpg(["--armor", "--export", anne.address]).data.write(
            to: URL(filePath: anne.keyFile)
        )
        Thread.sleep(forTimeInterval: 3)
        try bed.host.listseal([
            "subscriber", "set-key", bed.list, anne.address, "--key", anne.keyFile,
        ])
        try anne.gpg(["--quick-set-expire", fingerprint, "1y"])
        // "*" would leave out what has expired.
        let listing = try anne.gpg(["--with-colons", "--list-keys", anne.address]).output
        let subkey = try #require(
            listing.split(separator: "\n").filter { $0.hasPrefix("fpr") }.last?
                .split(separator: ":").last
        )
        try anne.gpg(["--quick-set-expire", fingerprint, "1y", String(subkey)])
        try bed.accept(
            try anne.mail(to: Self.request, subject: "key update", key: .pgpKeys),
            from: anne
        )
        let challenge = try anne.letter()
        #expect(challenge.isEncrypted)
        try bed.accept(try anne.reply(to: challenge, signature: .encrypted), from: anne)
        #expect(try anne.letter(2).text.contains(fingerprint))
        let post = try anne.post(to: bed.list, text: "canary-renewed")
        #expect(try bed.send(post, from: anne).reply.hasPrefix("250"))
    }

    @Test("the only owner can end her key, though nobody can be told of it then")
    func soleOwner() throws {
        let bed = try TestBed()
        try bed.accept(
            try bed.owner.mail(
                to: Self.request,
                subject: "key revoke",
                text: try bed.owner.revocation()
            ),
            from: bed.owner
        )
        #expect(try bed.owner.letter().isSigned)
        let shown = try bed.host.listseal(["subscriber", "show", bed.list, bed.owner.address])
        #expect(shown.output.contains("no copies can be made"))
        #expect(try bed.host.listseal(["status"], expecting: nil).status == 2)
        // The copy from before does not bring it back, with the list's own invitation.
        let invitation = try #require(
            try [bed.owner.letter(1), bed.owner.letter(2)].first { $0.subject.hasPrefix("key set") }
        )
        try bed.accept(try bed.owner.reply(to: invitation, key: .pgpKeys), from: bed.owner)
        #expect(try bed.owner.letter(3).text.contains("does not accept the key"))
        // Once the invitation is gone she can ask for another one.
        let waiting = try bed.host.listseal(["workflows", bed.list]).output
        let id = try #require(waiting.split(separator: " ").first)
        try bed.host.listseal(["workflow", "cancel", String(id)])
        try bed.accept(
            try bed.owner.mail(
                to: Self.request,
                subject: "key revoke",
                text: try bed.owner.revocation()
            ),
            from: bed.owner
        )
        #expect(try bed.owner.letter(4).subject.hasPrefix("key set "))
    }

    @Test("a revoked key ends at once, and another one can be set")
    func revoke() throws {
        let bed = try TestBed()
        let (anne, olga) = (bed.anne, bed.owner)
        try bed.accept(
            try anne.mail(to: Self.request, subject: "key revoke", text: try anne.revocation()),
            from: anne
        )
        let letters = try [anne.letter(1), anne.letter(2)]
        // Nothing can be encrypted to her now: signed, and in clear.
        #expect(letters.allSatisfy { $0.isSigned && !$0.isEncrypted })
        let notice = try olga.letter()
        #expect(notice.isEncrypted && notice.text.contains(anne.address))
        let post = try anne.post(to: bed.list, text: "canary-revoked")
        #expect(try bed.send(post, from: anne).reply.hasPrefix("550 5.7.1"))
        let other = try bed.bela.post(to: bed.list, text: "canary-after")
        #expect(try bed.send(other, from: bed.bela).reply.hasPrefix("250"))
        // A new key, proven and let in by an owner.
        let later = try Person("anne", at: bed.host, home: "anne-later")
        try later.learnKey(of: bed.list)
        let invitation = try #require(letters.first { $0.subject.hasPrefix("key set ") })
        try bed.accept(try later.reply(to: invitation, key: .pgpKeys), from: later)
        try bed.accept(
            try later.reply(to: try later.letter(3), signature: .mime),
            from: later
        )
        try bed.host.wait("the question to the owner") {
            try bed.host.listseal(["workflows", bed.list]).output.contains("moderate")
        }
        let id = try #require(
            try bed.host.listseal(["workflows", bed.list]).output.split(separator: " ").first
        )
        try bed.host.listseal(["workflow", "accept", String(id)])
        #expect(try later.letter(4).isEncrypted)
        let anew = try later.post(to: bed.list, text: "canary-anew")
        #expect(try bed.send(anew, from: later).reply.hasPrefix("250"))
        #expect(
            !(try bed.host.inbox(anne.address).contains { bytes in
                try anne.open(bytes).text.contains("canary-after")
            })
        )
    }
}

extension Person {
    /// The revocation that gpg made with her key, ready to be sent.
    func revocation() throws -> String {
        let folder = "\(home)/openpgp-revocs.d"
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        // gpg puts a colon in front, so that nobody imports it by mistake.
        let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            .replacing(":-----BEGIN", with: "-----BEGIN")
        return String(text[try #require(text.firstRange(of: "-----BEGIN")).lowerBound...])
    }
}
