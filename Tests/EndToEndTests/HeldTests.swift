import Foundation
import Testing

/// Posts that wait for a moderator, on a real Postfix.
struct HeldTests {
    private static let request = SubscriptionTests.request

    @Test("a held post reaches the moderators sealed, and their answer decides what becomes of it")
    func moderated() throws {
        let bed = try TestBed()
        let (anne, bela, olga) = (bed.anne, bed.bela, bed.owner)
        for person in [anne, bela] {
            try bed.host.listseal(["subscriber", "moderate", bed.list, person.address])
        }
        func post(_ person: Person, _ text: String) throws {
            let mail = try person.post(to: bed.list, text: text)
            #expect(try bed.send(mail, from: person).reply.hasPrefix("250"))
        }
        func decide(_ word: String, on number: Int, by person: Person) throws {
            let notice = try person.letter(number)
            let line = try #require(
                notice.text.split(separator: "\n").first { $0.hasPrefix(word + " ") }
            )
            let text =
                word == "reject" ? line.split(separator: " ").prefix(2) + ["too long"] : [line]
            try bed.accept(
                try person.mail(
                    to: Self.request,
                    subject: "Re: x",
                    text: text.joined(separator: " "),
                    signature: .mime
                ),
                from: person
            )
        }
        try post(anne, "canary-first")
        let notice = try olga.letter()
        #expect(notice.isEncrypted && notice.subject.contains(anne.address))
        #expect(!notice.outside.contains(anne.address))
        // What waits is read in the notice, and nowhere else.
        let inside = try olga.open(notice.bytes).text
        #expect(inside.contains("canary-first") && inside.contains("message/rfc822"))
        try bed.host.expectNowhere("canary-first")
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(bela.address).isEmpty)
        try decide("trust", on: 1, by: olga)
        for person in bed.subscribers { try bed.host.waitForMail(person.address) }
        #expect(try bela.open(bed.host.inbox(bela.address)[0]).text.contains("canary-first"))
        #expect(try olga.letter(2).text.contains("accepted"))
        // Hers do not wait any more; another's do, and are rejected with a reason.
        try post(anne, "canary-second")
        for person in bed.subscribers { try bed.host.waitForMail(person.address, count: 2) }
        try post(bela, "canary-third")
        try decide("reject", on: 3, by: olga)
        let told = try bela.letter(3)
        #expect(told.isEncrypted && told.text.contains("too long"))
        // The same post again was here before, accepted or not.
        try post(bela, "canary-fourth")
        try decide("discard", on: 5, by: olga)
        try bed.host.waitUntilQuiet()
        #expect(try bed.host.listseal(["held", "list", bed.list, "--json"]).output == "[]\n")
        #expect(bed.host.inbox(bela.address).count == 3)
    }

    @Test("an announce list takes owners' posts alone, and what waits is decided on the host")
    func announce() throws {
        let bed = try TestBed(settings: ["posting=owners", "nonencrypted_msg_action=hold"])
        let (anne, olga) = (bed.anne, bed.owner)
        let refused = try anne.post(to: bed.list, text: "canary-anne")
        #expect(try bed.send(refused, from: anne).reply.hasPrefix("550 5.7.1"))
        try bed.host.listseal([
            "subscriber", "add", bed.list, olga.address, "--key", olga.keyFile,
        ])
        let post = try olga.post(to: bed.list, text: "canary-announced")
        #expect(try bed.send(post, from: olga).reply.hasPrefix("250"))
        for person in bed.subscribers { try bed.host.waitForMail(person.address) }
        // An owner's decision makes nobody an owner: what she cannot write does not wait.
        let clear = anne.cleartext(to: bed.list, text: "canary-clear")
        #expect(try bed.send(clear, from: anne).reply.hasPrefix("550 5.7.1"))
        try bed.host.listseal(["list", "set", bed.list, "posting", "subscribers"])
        // In clear it waits, and an owner can have it posted, as what it is.
        let open = anne.cleartext(to: bed.list, text: "canary-clear")
        #expect(try bed.send(open, from: anne).reply.hasPrefix("250"))
        let waiting = try bed.host.listseal(["held", "list", bed.list, "--json"])
        let object = try JSONSerialization.jsonObject(with: waiting.data) as? [[String: Any]]
        let id = "\(try #require(object?.first?["id"]))"
        #expect(object?.first?["reasons"] as? [String] == ["notEncrypted", "unsigned"])
        #expect(try bed.host.listseal(["held", "show", id]).output.contains("canary-clear"))
        try bed.host.listseal(["held", "accept", id])
        try bed.host.listseal(["held", "accept", id], expecting: 1)
        try bed.host.waitUntilQuiet()
        for person in bed.subscribers { try bed.host.waitForMail(person.address, count: 2) }
        let copy = try anne.open(bed.host.inbox(anne.address)[1]).text
        #expect(copy.contains("which nothing proves") && copy.contains("notEncrypted"))
    }
}
