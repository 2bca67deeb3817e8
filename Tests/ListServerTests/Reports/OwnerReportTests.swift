import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// What owners and people are told by the list itself, and when.
@Suite(.serialized) struct OwnerReportTests {
    @Test("nothing that waits is dropped before somebody was warned")
    func expiry() throws {
        let bench = try ActionBench()
        let fixture = try #require(try PostFixture.all().first { $0.name == "moderated" })
        _ = try bench.process(bench.message(fixture), [:], isKept: true)
        let held = try bench.lastHeld()
        func days(_ days: Int) -> Date { held.received.addingTimeInterval(Double(days) * 86_400) }
        try bench.store.prune(now: days(HeldPost.lifetime + 1))
        #expect(try bench.store.heldPost(held.id) != nil)
        #expect(try !bench.reporter(at: days(10)).warnOfHeldPosts())
        // The warning comes late: the daemon was down, or nobody could read it.
        #expect(try bench.reporter(at: days(HeldPost.lifetime + 1)).warnOfHeldPosts())
        #expect(try !bench.reporter(at: days(HeldPost.lifetime + 2)).warnOfHeldPosts())
        try bench.store.prune(now: days(HeldPost.lifetime + HeldPost.warning))
        #expect(try bench.store.heldPost(held.id) != nil)
        try bench.store.prune(now: days(HeldPost.lifetime + HeldPost.warning + 1))
        #expect(try bench.store.heldPost(held.id) == nil)
    }

    @Test("who gets no copies any more is told of it sealed, a week later, and the owners at once")
    func bounced() throws {
        let bench = try ActionBench()
        let alice = try #require(
            try bench.store.subscriber(
                at: StoreSamples.address("alice@people.test"),
                of: bench.list.id
            )
        )
        let start = Date()
        func days(_ days: Int) -> Date { start.addingTimeInterval(Double(days) * 86_400) }
        for day in 0..<3 {
            let bounce = Bounce(kind: .hard, status: EnhancedStatusCode(5, 1, 1), detail: "gone")
            _ = try bench.store.commit(
                [
                    Acceptance(
                        list: bench.list,
                        receipt: StoreSamples.receipt(bench.list, "bounce \(day)"),
                        claims: [],
                        effect: .countBounce(bounce, of: alice.id)
                    )
                ],
                now: days(day)
            )
        }
        func told() throws -> [String: SealedPost.Kind] {
            let due = try bench.store.dueDeliveries(after: 0, now: .distantFuture, limit: 9)
            let posts = try due.map {
                ($0.recipient.description, try #require(try bench.store.post($0.post)).post.kind)
            }
            _ = try bench.store.dropDeliveries(due.map(\.id))
            return Dictionary(uniqueKeysWithValues: posts)
        }
        #expect(try bench.reporter(at: days(3)).tellOfBounces())
        #expect(try told() == [bench.owner.address: .ownerMail])
        #expect(try !bench.reporter(at: days(8)).tellOfBounces())
        // Not what bounces: by a mail of its own, to the person, encrypted.
        #expect(try bench.reporter(at: days(10)).tellOfBounces())
        #expect(try told() == ["alice@people.test": .answer])
        #expect(try !bench.reporter(at: days(20)).tellOfBounces())
    }

    @Test("owners who want to hear of nothing do not, and people hear what is theirs")
    func quiet() throws {
        let bench = try ActionBench()
        var settings = ListSettings()
        settings.ownerEvents = []
        try bench.store.update(settings, of: bench.list.id)
        let short = try TestKeyring("short", expires: "20d")
        try bench.add(short, .subscriber, token: 30)
        let bounce = Bounce(kind: .hard, status: EnhancedStatusCode(5, 1, 1), detail: "gone")
        let mia = try #require(
            try bench.store.subscriber(
                at: StoreSamples.address("mia@people.test"),
                of: bench.list.id
            )
        )
        for day in 0..<3 {
            _ = try bench.store.commit(
                [
                    Acceptance(
                        list: bench.list,
                        receipt: StoreSamples.receipt(bench.list, "bounce \(day)"),
                        claims: [],
                        effect: .countBounce(bounce, of: mia.id)
                    )
                ],
                now: Date(timeIntervalSinceNow: Double(day) * 86_400)
            )
        }
        let reporter = try bench.reporter(at: Date(timeIntervalSinceNow: 3 * 86_400))
        _ = try reporter.warnOfKeys()
        _ = try reporter.tellOfBounces()
        let due = try bench.store.dueDeliveries(after: 0, now: .distantFuture, limit: 9)
        #expect(due.map(\.recipient.description) == [short.address])
    }

    @Test("a key that ends within thirty days is said once, to its owner and to the list's")
    func keys() throws {
        let bench = try ActionBench()
        let short = try TestKeyring("short", expires: "40d")
        try bench.add(short, .subscriber, token: 20)
        func days(_ days: Int) -> Date { Date(timeIntervalSinceNow: Double(days) * 86_400) }
        #expect(try !bench.reporter(at: days(9)).warnOfKeys())
        #expect(try bench.reporter(at: days(11)).warnOfKeys())
        let told = try bench.store.dueDeliveries(after: 0, now: .distantFuture, limit: 9)
        #expect(
            Set(told.map(\.recipient.description)) == [short.address, bench.owner.address]
        )
        #expect(try !bench.reporter(at: days(12)).warnOfKeys())
        // Prolonged, it is another certificate, of which nothing has been said.
        try short.gpg(["--quick-set-expire", short.fingerprint, "50d"])
        try short.gpg(["--quick-set-expire", short.fingerprint, "50d", "*"])
        let person = try #require(
            try bench.store.subscriber(at: StoreSamples.address(short.address), of: bench.list.id)
        )
        try bench.store.setCertificate(
            bench.keys.certificates.inspect(
                try short.publicKey(),
                updating: person.certificate,
                now: Date()
            ).get(),
            of: person.id
        )
        #expect(try !bench.reporter(at: days(12)).warnOfKeys())
        #expect(try bench.reporter(at: days(25)).warnOfKeys())
        // On the same day another one: tomorrow is early enough, unless it is too late.
        for (name, expires, isToldToday) in [("later", "45d", false), ("soon", "26d", true)] {
            let another = try TestKeyring(name, expires: expires)
            try bench.add(another, .subscriber, token: isToldToday ? 22 : 21)
            #expect(try bench.reporter(at: days(25)).warnOfKeys() == isToldToday, "\(name)")
        }
        #expect(try bench.reporter(at: days(26)).warnOfKeys())
    }
}
