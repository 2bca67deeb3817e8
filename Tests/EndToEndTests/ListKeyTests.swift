import Foundation
import Testing

/// The list's own key: another end, another key, and a revoked one, with posts in flight.
struct ListKeyTests {
    private func object(_ result: Shell.Result) throws -> [String: Any] {
        let any = try JSONSerialization.jsonObject(with: result.data)
        return try #require(any as? [String: Any])
    }

    private func send(_ text: String, _ bed: TestBed, as expected: String = "250") throws {
        let post = try bed.anne.post(to: bed.list, text: text)
        let answer = try bed.send(post, from: bed.anne)
        #expect(answer.reply.hasPrefix(expected), "\(answer.transcript)")
    }

    @Test(
        "a key is replaced while copies are owed: each arrives, and the old key vouches for the new"
    )
    func rotation() throws {
        let bed = try TestBed()
        let old = try bed.fingerprint()
        // Owed while the key changes.
        bed.host.stopPostfix()
        try bed.host.startPostfix()
        try bed.host.listseal(["subscriber", "suspend", bed.list, bed.cora.address])
        try send("canary-before", bed)
        let rotated = try object(
            try bed.host.listseal(["list", "rotate-key", bed.list, "--json"])
        )
        let new = try #require(rotated["fingerprint"] as? String)
        #expect(try bed.fingerprint() == new && new != old)
        #expect(rotated["previous_fingerprint"] as? String == old)
        try bed.host.listseal(["list", "rotate-key", bed.list], expecting: 1)
        // To the old key, by somebody who has not read her mail.
        try send("canary-between", bed)
        for person in [bed.anne, bed.bela] {
            let mails = try bed.host.waitForMail(person.address, count: 3)
            let opened = try mails.map { try person.open($0) }
            for text in ["canary-before", "canary-between"] {
                #expect(opened.count { $0.text.contains(text) } == 1, "\(text)")
            }
            let announced = try #require(opened.first { $0.text.contains("has a new key") })
            // What she knows already says so.
            #expect(announced.status.contains { $0.contains("VALIDSIG") && $0.contains(old) })
            #expect(announced.text.contains(new) && announced.text.contains("application/pgp-keys"))
        }
        // Whoever gets no posts writes all the same.
        let told = try bed.host.waitForMail(bed.cora.address)
        #expect(try bed.cora.open(told[0]).text.contains(new))
        #expect(try bed.owner.open(bed.host.waitForMail(bed.owner.address)[0]).text.contains(new))
        // With the new key in her ring gpg chooses by address: only that one is left.
        try bed.anne.gpg(["--yes", "--delete-key", old])
        try bed.anne.learnKey(of: bed.list)
        try send("canary-after", bed)
        let last = try bed.host.waitForMail(bed.bela.address, count: 4)
        try bed.bela.learnKey(of: bed.list)
        let opened = try last.map { try bed.bela.open($0) }
        let after = try #require(opened.first { $0.text.contains("canary-after") })
        #expect(after.status.contains { $0.contains("VALIDSIG") && $0.contains(new) })
        let status = try object(try bed.host.listseal(["status", "--json"]))
        #expect((status["alarms"] as? [Any])?.isEmpty == true)
    }

    @Test("a stolen key is revoked: mail to it is refused, and everybody is told by the new one")
    func revocation() throws {
        let bed = try TestBed()
        let old = try bed.fingerprint()
        try bed.host.listseal(["list", "revoke-key", bed.list], expecting: 1)
        #expect(try bed.fingerprint() == old)
        let revoked = try object(
            try bed.host.listseal(["list", "revoke-key", bed.list, "--yes", "--json"])
        )
        let new = try bed.fingerprint()
        #expect(new != old)
        try send("canary-old", bed, as: "550 5.7.1")
        let mail = try bed.host.waitForMail(bed.bela.address)[0]
        try bed.bela.learnKey(of: bed.list)
        let announced = try bed.bela.open(mail)
        #expect(announced.status.contains { $0.contains("VALIDSIG") && $0.contains(new) })
        #expect(announced.text.contains(old) && announced.text.contains("revoked"))
        // The published form ends the key wherever it is known.
        let file = try #require(revoked["revoked_key"] as? String)
        try bed.anne.gpg(["--import", file])
        let listing = try bed.anne.gpg(["--with-colons", "--list-keys", old]).output
        #expect(listing.contains("pub:r:"))
        try bed.anne.gpg(["--yes", "--delete-key", old])
        try bed.anne.learnKey(of: bed.list)
        try send("canary-new", bed)
        try bed.host.waitForMail(bed.bela.address, count: 2)
    }

    @Test("a key gets another end, and stays the same")
    func renewal() throws {
        let bed = try TestBed()
        let old = try bed.fingerprint()
        let renewed = try object(
            try bed.host.listseal(["list", "renew-key", bed.list, "--days", "400", "--json"])
        )
        #expect(renewed["expires"] is String && renewed["fingerprint"] as? String == old)
        try bed.anne.learnKey(of: bed.list)
        let listing = try bed.anne.gpg(["--with-colons", "--list-keys", old]).output
        let ends = listing.split(separator: "\n").filter {
            $0.hasPrefix("pub") || $0.hasPrefix("sub")
        }
        .map { $0.split(separator: ":", omittingEmptySubsequences: false)[6] }
        #expect(ends.count == 2 && ends.allSatisfy { !$0.isEmpty })
        try send("canary-renewed", bed)
        try bed.host.waitForMail(bed.bela.address)
        let never = try object(try bed.host.listseal(["list", "renew-key", bed.list, "--json"]))
        #expect(never["expires"] == nil)
    }

    @Test("a key can be revoked while the one before it is still read, which then ends at once")
    func revokedAfterRotation() throws {
        let bed = try TestBed()
        try bed.host.listseal(["list", "rotate-key", bed.list])
        let mails = try bed.host.waitForMail(bed.bela.address)
        #expect(mails.count == 1)
        try bed.host.waitUntilQuiet()
        try bed.host.listseal(["list", "revoke-key", bed.list, "--yes"])
        #expect(!FileManager.default.fileExists(atPath: bed.host.state + "/keys/1"))
        try send("canary-oldest", bed, as: "550 5.7.1")
        let shown = try object(try bed.host.listseal(["list", "show", bed.list, "--json"]))
        #expect(shown["previous_fingerprint"] is String)
    }
}
