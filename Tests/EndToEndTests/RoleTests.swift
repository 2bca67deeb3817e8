import Foundation
import Testing

@Suite(.serialized)
struct RoleTests {
    @Test(
        "mail to the owners, clear as it comes, reaches them encrypted and nobody else",
        arguments: ["team-owner@lists.test", "postmaster@lists.test", "abuse@lists.test"]
    )
    func ownerMail(address: String) throws {
        let bed = try TestBed()
        let note = bed.anne.cleartext(to: address, subject: "secret-subject", text: "canary-owner")
        let answer = try bed.send(note, from: bed.anne, to: [address])
        #expect(answer.reply.hasPrefix("250"), "\(answer.transcript)")
        let copy = try bed.host.waitForMail(bed.owner.address)[0]
        let (text, status) = try bed.owner.open(copy)
        #expect(text.contains("canary-owner"))
        #expect(status.contains { $0.contains("GOODSIG") })
        #expect(!String(decoding: copy, as: UTF8.self).contains("secret-subject"))
        for person in bed.subscribers { #expect(bed.host.inbox(person.address).isEmpty) }
        // The same mail once more is taken, and not resealed.
        #expect(try bed.send(note, from: bed.anne, to: [address]).reply.hasPrefix("250"))
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(bed.owner.address).count == 1)
    }

    @Test(
        "copies that come back stop, the owners are told why, sealed, and they come again when told to"
    )
    func bounce() throws {
        let bed = try TestBed(settings: ["bounce_soft_days=1"])
        let gone = try Person("gone", at: bed.host)
        try bed.host.listseal([
            "subscriber", "add", bed.list, "gone@nowhere.test", "--key", gone.keyFile,
        ])
        let post = try bed.anne.post(to: bed.list, text: "canary-bounce")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.host.wait("the bounce") { try bed.counter("bounced") == 1 }
        try bed.expectCopies(1, containing: "canary-bounce")
        let shown = try bed.host.listseal(["subscriber", "show", bed.list, "gone@nowhere.test"])
        #expect(shown.output.contains("too many came back") && shown.output.contains("soft"))
        let report = try bed.host.waitForMail(bed.owner.address)[0]
        #expect(!String(decoding: report, as: UTF8.self).contains("gone"))
        // RFC 3834 §5: no program answers it.
        #expect(
            CrashTests.field("Auto-Submitted", of: report).contains("auto-generated")
        )
        #expect(try bed.owner.open(report).text.contains("gone@nowhere.test"))
        // The next post is not sent there.
        let next = try bed.anne.post(to: bed.list, text: "canary-next")
        #expect(try bed.send(next, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(2, containing: "canary-next")
        #expect(try bed.counter("bounced") == 1)
        try bed.host.listseal(["subscriber", "resume", bed.list, "gone@nowhere.test"])
        let again = try bed.host.listseal(["subscriber", "show", bed.list, "gone@nowhere.test"])
        #expect(!again.output.contains("came back"))
    }

    @Test("a subscriber whose key cannot encrypt gets nothing, and the owner is told, sealed")
    func unusableKey() throws {
        let bed = try TestBed()
        let shortLived = try Person("dora", at: bed.host)
        let fingerprint = try shortLived.fingerprint()
        try shortLived.gpg(["--quick-set-expire", fingerprint, "seconds=8"])
        try shortLived.gpg(["--quick-set-expire", fingerprint, "seconds=8", "*"])
        try shortLived.gpg(["--armor", "--export"]).data.write(
            to: URL(filePath: shortLived.keyFile)
        )
        try bed.host.listseal([
            "subscriber", "add", bed.list, shortLived.address, "--key", shortLived.keyFile,
        ])
        Thread.sleep(forTimeInterval: 9)
        let post = try bed.anne.post(to: bed.list, text: "canary-expired")
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250"))
        try bed.expectCopies(1, containing: "canary-expired")
        // What she got while her key was good says that it would end; so were the owners told.
        let warnings = bed.host.inbox(shortLived.address)
        #expect(
            try warnings.map { try shortLived.open($0).text }.allSatisfy { text in
                text.contains("expires soon") && !text.contains("canary-expired")
            }
        )
        let reports = try bed.host.waitForMail(bed.owner.address, count: 1 + warnings.count)
        let report = try #require(reports.last)
        #expect(try bed.owner.open(report).text.contains(shortLived.address))
        #expect(!String(decoding: report, as: UTF8.self).contains(shortLived.address))
    }
}

extension Person {
    func fingerprint() throws -> String {
        let listing = try gpg(["--with-colons", "--list-keys"]).output
        let line = listing.split(separator: "\n").first { $0.hasPrefix("fpr") }
        return String(try #require(line).split(separator: ":", omittingEmptySubsequences: false)[9])
    }
}
