import Foundation
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Every setting, every value, every kind of post: what becomes of it.
@Suite(.serialized) struct ActionTests {
    @Test("what becomes of a post is what its fixture says, under every value of every setting")
    func table() throws {
        let bench = try ActionBench()
        var rows = 0
        for fixture in try PostFixture.all() {
            let message = try bench.message(fixture)
            // By the whole road: reply, mail and rows.
            try expect(fixture.expected[0], fixture, message, [:], bench)
            for change in fixture.changes {
                let settings = [change.setting: change.value]
                try expect(change.outcome, fixture, message, settings, bench)
            }
            // And that nothing else changes it.
            let opened = try bench.open(message, seen: fixture.value("seen") == "yes")
            for choice in PostActions.choices {
                for value in choice.allowed {
                    var list = bench.list
                    let setting = try #require(ListSettings.named(choice.name))
                    #expect(setting.set(&list.settings, value.rawValue))
                    let context = PolicyContext(list: list, now: Date()) {
                        opened.seen.contains($0)
                    }
                    let ruling = try StandardPolicies.ruling(on: opened.post, in: context)
                    rows += 1
                    #expect(
                        ruling.verdict.word == fixture.outcome(choice.name, value.rawValue).verdict,
                        "\(fixture.name) with \(choice.name)=\(value): \(ruling)"
                    )
                }
            }
        }
        print("\(rows) rows")
        #expect(rows > 200)
    }

    private func expect(
        _ outcome: String,
        _ fixture: PostFixture,
        _ message: [UInt8],
        _ settings: [String: String],
        _ bench: ActionBench
    ) throws {
        let result = try bench.process(message, settings, seen: fixture.value("seen") == "yes")
        let what = "\(fixture.name) with \(settings): \(result)"
        switch outcome {
        case "accept":
            #expect(result.code == 250 && result.held == 0, "\(what)")
            #expect(Set(result.recipients) == bench.readers, "\(what)")
        case "hold":
            #expect(result.code == 250 && result.held == 1, "\(what)")
            #expect(result.recipients == [bench.owner.address], "\(what)")
        case "discard":
            #expect(result.code == 250 && result.held == 0, "\(what)")
            #expect(result.recipients.isEmpty, "\(what)")
        case "reject":
            #expect(result.code == (result.refusal == .notEncrypted ? 523 : 550), "\(what)")
            #expect(result.held == 0 && result.recipients.isEmpty, "\(what)")
            if settings.isEmpty { #expect(result.refusal?.rawValue == fixture.expected.last) }
        default: Issue.record("\(fixture.name): no outcome \(outcome)")
        }
    }

    @Test("a copy says what spoke against it, and nothing is called proven that is not")
    func metadata() throws {
        let bench = try ActionBench()
        let fixtures = try PostFixture.all()
        for (name, setting, lines) in [
            (
                "nonmember", "nonmember_action",
                ["which nothing proves", "Posted although: notSubscribed"]
            ),
            ("bad", "invalid_sig_action", ["Signature: bad", "Posted although: invalidSignature"]),
            (
                "clear", "nonencrypted_msg_action",
                ["Encryption: none", "Signature: none", "Posted although: notEncrypted, unsigned"]
            ),
        ] {
            let fixture = try #require(fixtures.first { $0.name == name })
            let text = try bench.copy(of: bench.message(fixture), [setting: "accept"])
            for line in lines { #expect(text.contains(line), "\(name): \(text)") }
        }
    }

    @Test("what the rules let pass is still not posted twice, or where only owners write")
    func limits() throws {
        let bench = try ActionBench()
        let fixture = try #require(try PostFixture.all().first { $0.name == "unsigned" })
        let message = try bench.message(fixture)
        let settings = ["unsigned_msg_action": "accept"]
        #expect(try bench.process(message, settings, isKept: true).code == 250)
        // The same words in another encryption, by whoever has read them.
        let again = try bench.process(bench.message(fixture), settings)
        #expect(again.refusal == .replay)
        let announcing = settings.merging(["posting": "owners"]) { $1 }
        let other = try PostFixture(
            name: "x",
            text: "from: alice\nsigned: no\nencrypted: yes\nexpect: x\n\n"
                + "Content-Type: text/plain\n\nother words\n"
        )
        #expect(try bench.process(bench.message(other), announcing).refusal == .notAllowed)
        let held = try bench.process(
            bench.message(other),
            settings.merging(["emergency": "true"]) { $1 }
        )
        #expect(held.held == 1)
    }

    @Test("a held post is opened and judged anew when a moderator accepts it")
    func released() throws {
        let bench = try ActionBench()
        let fixtures = try PostFixture.all()
        func hold(_ name: String, _ settings: [String: String]) throws -> HeldPost {
            let fixture = try #require(fixtures.first { $0.name == name })
            _ = try bench.process(bench.message(fixture), settings, isKept: true)
            return try #require(
                try bench.store.heldPosts(of: bench.list.id, after: 0, limit: 9).last
            )
        }
        let unsigned = try hold("unsigned", ["unsigned_msg_action": "hold"])
        // Nothing readable is kept, and nothing is signed that nobody approved.
        #expect(!String(decoding: unsigned.bytes, as: UTF8.self).contains("canary"))
        #expect(throws: OpenPGPError.self) {
            try bench.keys.keyring(of: bench.list).open(sealed: unsigned.bytes, limit: 1 << 20)
        }
        let (transition, isReleased) = try bench.moderation().release(
            unsigned,
            of: bench.list,
            now: Date()
        )
        #expect(isReleased && transition.answers.isEmpty)
        try bench.carryOut(transition)
        #expect(try bench.store.heldPost(unsigned.id) == nil)
        #expect(throws: ListStoreError.outdated) { try bench.carryOut(transition) }

        // Her key was revoked while it waited: the moderator is asked once more.
        let moderated = try hold("moderated", [:])
        try bench.revoke(bench.mia)
        let again = try bench.moderation().release(moderated, of: bench.list, now: Date())
        #expect(!again.isReleased && again.transition.answers.count == 1)
        try bench.carryOut(again.transition)
        let renewed = try #require(try bench.store.heldPost(moderated.id))
        #expect(renewed.reason == .revokedSignature && renewed.token != moderated.token)
        // The second time she knows.
        #expect(try bench.moderation().release(renewed, of: bench.list, now: Date()).isReleased)
    }

    @Test("only an author whose signature is good is told of a rejection")
    func rejected() throws {
        let bench = try ActionBench()
        let fixtures = try PostFixture.all()
        for (name, settings, isTold) in [
            ("moderated", [:], true), ("unsigned", ["unsigned_msg_action": "hold"], false),
            ("foreign", ["unknown_key_action": "hold"], false),
            ("nonmember", ["nonmember_action": "hold"], false),
        ] as [(String, [String: String], Bool)] {
            let fixture = try #require(fixtures.first { $0.name == name })
            _ = try bench.process(bench.message(fixture), settings, isKept: true)
            let held = try #require(
                try bench.store.heldPosts(of: bench.list.id, after: 0, limit: 99).last
            )
            let transition = try bench.moderation().rejection(
                of: held,
                of: bench.list,
                reason: "no",
                now: Date()
            )
            #expect(transition.answers.count == (isTold ? 1 : 0), "\(name)")
        }
    }

    @Test("nothing that waits is dropped before somebody was warned")
    func expiry() throws {
        let bench = try ActionBench()
        let fixture = try #require(try PostFixture.all().first { $0.name == "moderated" })
        _ = try bench.process(bench.message(fixture), [:], isKept: true)
        let held = try #require(
            try bench.store.heldPosts(of: bench.list.id, after: 0, limit: 9).last
        )
        func days(_ days: Int) -> Date { held.received.addingTimeInterval(Double(days) * 86_400) }
        try bench.store.prune(now: days(HeldPost.lifetime + 1))
        #expect(try bench.store.heldPost(held.id) != nil)
        #expect(try !bench.reporter(at: days(10)).warn())
        #expect(try bench.reporter(at: days(HeldPost.lifetime - HeldPost.warning)).warn())
        #expect(try !bench.reporter(at: days(HeldPost.lifetime)).warn())
        try bench.store.prune(now: days(HeldPost.lifetime - 1))
        #expect(try bench.store.heldPost(held.id) != nil)
        try bench.store.prune(now: days(HeldPost.lifetime + 1))
        #expect(try bench.store.heldPost(held.id) == nil)
    }
}

extension String {
    // Fixtures say what administrators say.
    fileprivate var verdict: String { self == "reject" ? "refuse" : self }
}
