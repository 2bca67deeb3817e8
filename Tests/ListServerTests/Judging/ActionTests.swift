import Foundation
import GnuPG
import MIME
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Every setting, every value, every kind of post: what becomes of it.
@Suite(.serialized) struct ActionTests {
    // Fixtures share the people and the keys; each takes away again what it stored.
    private static let shared = Result { try ActionBench() }

    @Test(
        "a post becomes what its fixture says, under every value of every setting",
        arguments: try PostFixture.all()
    )
    func table(fixture: PostFixture) throws {
        let bench = try Self.shared.get()
        let message = try bench.message(fixture)
        for row in fixture.rows where row.takesRoad {
            try expect(row.outcome, fixture, message, row.settings, bench)
        }
        // Inline PGP is opened or not by a setting: the rules alone cannot say.
        guard fixture.value("encrypted") != "inline" else { return }
        let opened = try bench.open(message, seen: fixture.value("seen") == "yes")
        for row in fixture.rows {
            var list = bench.list
            let settings = fixture.settings.merging(row.settings) { $1 }
            for (name, value) in settings {
                #expect(ListSettings.named(name)?.set(&list.settings, value) == true)
            }
            let context = PolicyContext(judging: opened.post, for: list, now: Date()) {
                opened.seen.contains($0)
            }
            let judgement = try Judgement(of: opened.post, as: .post, in: context)
            // Pausing is not a rule about posts: the road asks for it.
            guard row.outcome != .postpone else { continue }
            #expect(
                judgement.verdict.word == row.outcome.verdict,
                "\(fixture.name) with \(settings): \(judgement)"
            )
        }
    }

    @Test("the table has more than 200 rows by the whole road, and 1,000 by the rules")
    func size() throws {
        let rows = try PostFixture.all().flatMap(\.rows)
        #expect(rows.count { $0.takesRoad } > 200)
        #expect(rows.count > 1000)
    }

    private func expect(
        _ outcome: PostFixture.Outcome,
        _ fixture: PostFixture,
        _ message: [UInt8],
        _ settings: [String: String],
        _ bench: ActionBench
    ) throws {
        let settings = fixture.settings.merging(settings) { $1 }
        let result = try bench.process(message, settings, seen: fixture.value("seen") == "yes")
        expect(outcome, of: result, fixture, "\(fixture.name) with \(settings)", bench)
    }

    private func expect(
        _ outcome: PostFixture.Outcome,
        of result: ActionBench.Result,
        _ fixture: PostFixture,
        _ what: String,
        _ bench: ActionBench
    ) {
        let what = "\(what): \(result)"
        let author = "\(fixture.value("author") ?? "alice")@people.test"
        // Whatever it is, it lies sealed, and leaves so unless owners said otherwise.
        #expect(!result.isReadable, "\(what)")
        switch outcome {
        case .accept, .others, .clear:
            let readers =
                switch outcome {
                case .others: bench.readers.subtracting([author])
                case .clear: bench.readers.union(["rita@people.test"])
                default: bench.readers
                }
            #expect(result.code == 250 && result.held == 0, "\(what)")
            #expect(Set(result.recipients) == readers, "\(what)")
            #expect(result.kinds == [outcome == .clear ? .clearPost : .post], "\(what)")
        case .hold:
            #expect(result.code == 250 && result.held == 1, "\(what)")
            #expect(result.recipients == [bench.owner.address], "\(what)")
            #expect(result.kinds == [.ownerMail], "\(what)")
        case .discard:
            #expect(result.code == 250 && result.held == 0, "\(what)")
            #expect(result.recipients.isEmpty, "\(what)")
        case .postpone:
            #expect(result.code == 451 && result.held == 0, "\(what)")
            #expect(result.recipients.isEmpty, "\(what)")
        case .reject(let refusal):
            #expect(result.code == refusal.reply.code, "\(what)")
            #expect(result.reply?.enhanced == refusal.reply.enhanced, "\(what)")
            // Behind it a reference.
            #expect(result.reply?.lines[0].hasPrefix(refusal.reply.lines[0]) == true, "\(what)")
            #expect(result.held == 0 && result.recipients.isEmpty, "\(what)")
        }
    }

    @Test("the second door does the same, and tells a refusal only to who has proven her name")
    func gate() throws {
        let bench = try ActionBench()
        for fixture in try PostFixture.all() {
            // One of each outcome that differs.
            var outcomes: Set = [fixture.expected]
            let changes = fixture.changes.filter { outcomes.insert($0.outcome).inserted }
                .map { ([$0.setting: $0.value], $0.outcome) }
            for (change, outcome) in [([:], fixture.expected)] + changes {
                let settings = fixture.settings.merging(change) { $1 }
                // What is taken is here then, so each is another one.
                let message = try bench.message(fixture.another())
                let author = fixture.value("author") ?? "alice"
                let isSeen = fixture.value("seen") == "yes"
                func result(from path: String) throws -> ActionBench.Result {
                    try bench.gate(message, settings, from: "\(path)@people.test", seen: isSeen)
                }
                let what = "\(fixture.name) with \(settings)"
                guard case .reject = outcome else {
                    expect(outcome, of: try result(from: author), fixture, what, bench)
                    continue
                }
                // A bounce might reach a stranger: then it is dropped.
                if try bench.isProven(message, settings) {
                    expect(outcome, of: try result(from: author), fixture, what, bench)
                } else {
                    try expectDropped(result(from: author), what)
                }
                if change.isEmpty { try expectDropped(result(from: "somebody"), what) }
            }
        }
    }

    private func expectDropped(_ result: ActionBench.Result, _ what: String) {
        #expect(result.code == 250 && result.held == 0, "\(what): \(result)")
        #expect(result.recipients.isEmpty, "\(what): \(result)")
    }

    @Test("a copy says what spoke against it, and nothing is called proven that is not")
    func metadata() throws {
        let bench = try ActionBench()
        let fixtures = try PostFixture.all()
        for (name, setting, lines) in [
            (
                "nonmember", "nonmember_action",
                ["(not verified)", "Accepted although: the author is not subscribed"]
            ),
            (
                "bad", "invalid_sig_action",
                ["Signature: bad", "Accepted although: its signature is not valid"]
            ),
            (
                "clear", "nonencrypted_msg_action",
                [
                    "Encryption: none", "Signature: none",
                    "Accepted although: it was not encrypted; it was not signed",
                ]
            ),
        ] {
            let fixture = try #require(fixtures.first { $0.name == name })
            let text = try bench.copy(of: bench.message(fixture), [setting: "accept"])
            for line in lines { #expect(text.contains(line), "\(name): \(text)") }
        }
    }

    @Test("a filter's mark that owners do not count is not held up to readers")
    func uncounted() throws {
        let bench = try ActionBench()
        let fixture = try #require(try PostFixture.all().first { $0.name == "spam" })
        #expect(try !bench.copy(of: bench.message(fixture), [:]).contains("Accepted although"))
        let counted = try bench.copy(of: bench.message(fixture), ["spam_action": "accept"])
        #expect(counted.contains("Accepted although: a filter marked it as spam"))
    }

    @Test("words that nobody signed, sent again in another mail, are no replay")
    func sameWords() throws {
        let bench = try ActionBench()
        for action in ["hold", "accept"] {
            let fixture = try #require(try PostFixture.all().first { $0.name == "clear" })
            let settings = ["nonencrypted_msg_action": action, "unsigned_msg_action": "accept"]
            let message = String(decoding: try bench.message(fixture), as: UTF8.self)
            let others = [
                message.replacing("Subject: x", with: "Subject: y \(action)"),
                message.replacing("Message-ID: <", with: "Message-ID: <other.\(action)"),
            ]
            for text in [message] + others {
                #expect(try bench.process(Array(text.utf8), settings, isKept: true).code == 250)
            }
            // Also with a field in front that does not count.
            let carried = "X-Passed: on\r\n" + message
            let again = try bench.process(Array(carried.utf8), settings)
            #expect(again.refusal == .replay, "\(again)")
        }
    }

    @Test("what the rules let pass is still not posted twice, or where only owners write")
    func limits() throws {
        let bench = try ActionBench()
        let fixture = try #require(try PostFixture.all().first { $0.name == "unsigned" })
        let message = try bench.message(fixture)
        let settings = ["unsigned_msg_action": "accept"]
        #expect(try bench.process(message, settings, isKept: true).code == 250)
        // The same mail in another encryption, by whoever has read it.
        func field(_ name: String, _ text: String) -> String {
            text.split(separator: "\r\n").first { $0.hasPrefix(name) }.map(String.init) ?? "?"
        }
        let text = String(decoding: message, as: UTF8.self)
        var again = String(decoding: try bench.message(fixture), as: UTF8.self)
        for name in ["Message-ID: ", "Date: "] {
            again = again.replacing(field(name, again), with: field(name, text))
        }
        #expect(try bench.process(Array(again.utf8), settings).refusal == .replay)
        // The same encryption under another name, by whoever carries it.
        let renamed = String(decoding: message, as: UTF8.self)
            .replacing("From: alice@", with: "From: rita@")
            .replacing("Message-ID: <", with: "Message-ID: <again.")
        #expect(try bench.process(Array(renamed.utf8), settings).refusal == .replay)
        let announcing = settings.merging(["posting": "owners"]) { $1 }
        let other = try PostFixture(
            name: "x",
            text: "author: alice\nsigned: no\nencrypted: yes\nexpect: accept\n\n"
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
            return try bench.lastHeld()
        }
        let unsigned = try hold("unsigned", ["unsigned_msg_action": "hold"])
        // Nothing readable is kept, and nothing is signed that nobody approved.
        #expect(!String(decoding: unsigned.bytes, as: UTF8.self).contains("canary"))
        #expect(throws: OpenPGPError.self) {
            try bench.keys.keyring(of: bench.list).open(sealed: unsigned.bytes, limit: 1 << 20)
        }
        // Dated when it is accepted: programs call a signature of another hour invalid.
        let later = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded() + 7200)
        let release = try bench.moderation().release(unsigned, of: bench.list, now: later)
        guard case .released(let transition) = release, transition.answers.isEmpty,
            case .release(_, let post, _)? = transition.changes.first
        else {
            Issue.record("\(release)")
            return
        }
        #expect(post.date == later)
        let inside = try bench.keys.keyring(of: bench.list)
            .open(sealed: post.bytes, limit: 1 << 20).plaintext
        let root = try Message(LineEndings.canonical(inside)).root
        #expect(root.field(named: "Date")?.value == MessageDate.format(later))
        let metadata = try root.children[0].decodedBody(limit: 9999)
        let written = Date().formatted(
            .verbatim(
                "\(day: .defaultDigits) \(month: .wide) \(year: .defaultDigits)",
                locale: Locale(identifier: "en_US_POSIX"),
                timeZone: .gmt,
                calendar: Calendar(identifier: .gregorian)
            )
        )
        #expect(String(decoding: metadata, as: UTF8.self).contains(written))
        try bench.carryOut(transition)
        #expect(try bench.store.heldPost(unsigned.id) == nil)
        #expect(throws: ListStoreError.outdated) { try bench.carryOut(transition) }

        // Her key was revoked while it waited: the moderator is asked once more.
        let moderated = try hold("moderated", [:])
        try bench.revoke(bench.mia)
        let again = try bench.moderation().release(moderated, of: bench.list, now: Date())
        guard case .asked(let asked) = again, asked.answers.count == 1 else {
            Issue.record("\(again)")
            return
        }
        try bench.carryOut(asked)
        let renewed = try bench.lastHeld()
        #expect(renewed.reason == .revokedSignature && renewed.token != moderated.token)
        // The second time she knows.
        guard
            case .released = try bench.moderation().release(renewed, of: bench.list, now: Date())
        else {
            Issue.record("it was not released")
            return
        }
        // Whoever writes the store changes nothing that she decides about.
        for changed in [
            renewed.with(reasons: [.moderated, .addressedElsewhere]),
            renewed.with(bytes: unsigned.bytes),
        ] {
            #expect(throws: ModerationError.self) {
                try bench.moderation().release(changed, of: bench.list, now: Date())
            }
        }
    }

    @Test("no moderator makes a post of what is not for her to wave through, or has nothing in it")
    func impossible() throws {
        let bench = try ActionBench()
        // Unreadable when it came; with the old key back it shows that it was for others.
        let hard = try bench.hold(
            PostFixture(
                name: "x",
                text: "author: alice\nsigned: alice\nencrypted: yes\nexpect: accept\n\n"
                    + "Content-Type: text/plain; protected-headers=\"v1\"\n"
                    + "From: alice@people.test\nTo: other@lists.test\n\nwords\n"
            ),
            as: [.notDecryptable]
        )
        let inline = try bench.hold(
            PostFixture(
                name: "y",
                text: "author: alice\nsigned: no\nencrypted: no\nexpect: accept\n\n"
                    + "Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nAAAA\n"
                    + "-----END PGP MESSAGE-----\n"
            ),
            as: [.inline, .unsigned]
        )
        for held in [hard, inline] {
            let release = try bench.moderation().release(held, of: bench.list, now: Date())
            guard case .impossible = release else {
                Issue.record("\(release)")
                return
            }
        }
    }

    @Test("a signature whose time is over is posted once, if owners let it pass")
    func expiredTwice() throws {
        let bench = try ActionBench()
        for (name, setting) in [
            ("expired", "expired_sig_action"), ("revoked", "revoked_sig_action"),
            ("stale", "stale_sig_action"),
        ] {
            let fixture = try #require(try PostFixture.all().first { $0.name == name })
            let message = try bench.message(fixture)
            let settings = [setting: "accept"]
            #expect(try bench.process(message, settings, isKept: true).code == 250, "\(name)")
            let again = String(decoding: message, as: UTF8.self)
                .replacing("Message-ID: <", with: "Message-ID: <again.")
            #expect(try bench.process(Array(again.utf8), settings).refusal == .replay, "\(name)")
            // Also long after the signature's own time.
            try bench.store.prune(now: Date(timeIntervalSinceNow: 80 * 86_400))
            #expect(try bench.process(Array(again.utf8), settings).refusal == .replay, "\(name)")
        }
    }

    @Test("a name in From that nothing proves gives nobody's rights")
    func unproven() throws {
        let bench = try ActionBench()
        func outcome(_ from: String, _ settings: [String: String]) throws -> ActionBench.Result {
            let fixture = try PostFixture(
                name: from,
                text: "author: \(from)\nsigned: no\nencrypted: yes\nexpect: accept\n\n"
                    + "Content-Type: text/plain\n\nwords of \(from)\n"
            )
            return try bench.process(
                bench.message(fixture),
                settings.merging(["unsigned_msg_action": "accept", "nonmember_action": "accept"]) {
                    $1
                }
            )
        }
        #expect(try outcome("olga", ["posting": "owners"]).refusal == .notAllowed)
        #expect(try outcome("olga", ["emergency": "true"]).held == 1)
        // Whoever writes in her name does not keep it from her.
        let readers = try outcome("alice", ["deliver_own_posts": "false"]).recipients
        #expect(Set(readers) == bench.readers)
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
            let held = try bench.lastHeld()
            let transition = try bench.moderation().rejection(
                of: held,
                of: bench.list,
                reason: "no",
                now: Date()
            )
            #expect(transition.answers.count == (isTold ? 1 : 0), "\(name)")
        }
    }
}
