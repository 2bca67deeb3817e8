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
        @discardableResult
        func post(_ person: Person, _ text: String) throws -> [UInt8] {
            let mail = try person.post(to: bed.list, text: text)
            #expect(try bed.send(mail, from: person).reply.hasPrefix("250"))
            return mail
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
        let first = try post(anne, "canary-first")
        let notice = try olga.letter()
        #expect(notice.isEncrypted && notice.subject.contains(anne.address))
        #expect(!notice.outside.contains(anne.address))
        // What waits is read in the notice, and nowhere else.
        let inside = try olga.open(notice.bytes).text
        #expect(inside.contains("canary-first") && !inside.contains("message/rfc822"))
        try bed.host.expectNowhere("canary-first")
        try bed.host.waitUntilQuiet()
        #expect(bed.host.inbox(bela.address).isEmpty)
        try decide("trust", on: 1, by: olga)
        for person in bed.subscribers { try bed.host.waitForMail(person.address) }
        #expect(try bela.open(bed.host.inbox(bela.address)[0]).text.contains("canary-first"))
        #expect(try olga.letter(2).text.contains("accepted"))
        // What was released has been here.
        let again = String(decoding: first, as: UTF8.self)
            .replacing("Message-ID: <", with: "Message-ID: <again-")
        #expect(try bed.send(Array(again.utf8), from: anne).reply.hasPrefix("550 5.7.1"))
        // Hers do not wait any more; another's do, and are rejected with a reason.
        try post(anne, "canary-second")
        for person in bed.subscribers { try bed.host.waitForMail(person.address, count: 2) }
        try post(bela, "canary-third")
        try decide("reject", on: 3, by: olga)
        let no = try bela.letter(3)
        #expect(no.isEncrypted && no.text.contains("too long"))
        try post(bela, "canary-fourth")
        try decide("discard", on: 5, by: olga)
        try post(bela, "canary-fifth")
        try decide("accept", on: 7, by: olga)
        for person in [anne, bed.cora] { try bed.host.waitForMail(person.address, count: 3) }
        let copies = bed.host.inbox(bed.cora.address)
        #expect(try bed.cora.open(copies[2]).text.contains("canary-fifth"))
        // On the host, several at once; what is not there keeps no other.
        for number in 6..<10 { try post(bela, "canary-\(number)") }
        func waiting() throws -> [String] {
            let listed = try bed.host.listseal(["held", "list", bed.list, "--json"])
            let object = try JSONSerialization.jsonObject(with: listed.data) as? [[String: Any]]
            return (object ?? []).map { "\($0["id"] ?? "")" }
        }
        let ids = try waiting()
        try #require(ids.count == 4)
        let rejected = try bed.host.listseal(
            ["held", "reject", ids[0], "99", ids[1], "--reason", "not now", "--json"],
            expecting: 1
        )
        #expect(rejected.error.contains("no post 99 waits") && rejected.output.contains("rejected"))
        #expect(try waiting() == Array(ids[2...]))
        #expect(
            try bed.host.listseal(["held", "discard", ids[2], ids[3]]).output
                .components(separatedBy: "discarded").count == 3
        )
        try bed.host.waitUntilQuiet()
        #expect(try bed.host.listseal(["held", "list", bed.list, "--json"]).output == "[]\n")
        let told = try bed.host.inbox(bela.address).map { try bela.open($0).text }
        #expect(told.filter { $0.contains("not now") }.count == 2 && told.count == 6)
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
        #expect(copy.contains("(not verified)") && copy.contains("it was not encrypted"))
    }
}
