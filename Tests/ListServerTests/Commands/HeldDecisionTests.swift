import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// A moderator's mail about a post that waits.
@Suite struct HeldDecisionTests {
    private let bench: ActionBench

    init() throws {
        bench = try ActionBench()
        try bench.owner.learn(try bench.keys.keyring(of: bench.list).publicKey())
    }

    /// Holds a post of the moderated subscriber; the token that the notice shows.
    private func hold() throws -> String {
        let fixture = try #require(try PostFixture.all().first { $0.name == "moderated" })
        let notice = try bench.notice(of: bench.message(fixture))
        let token = try #require(notice.firstMatch(of: /accept ([a-z2-7]{26})/)).output.1
        return String(token)
    }

    private func decide(_ command: String) throws -> JudgeBench.Judged {
        let entity = "Content-Type: text/plain\r\n\r\n\(command)\r\n"
        let packets = try bench.owner.encrypt(Array(entity.utf8), to: [OpenerBench.listAddress])
        let text = String(decoding: bench.bench.message(around: packets), as: UTF8.self)
            .replacing("From: alice <alice@people.test>", with: "From: \(bench.owner.address)")
        return try JudgeBench(bench.bench, role: .request).judge(Array(text.utf8))
    }

    private func changes(_ judgement: JudgeBench.Judged) -> [Transition.Change] {
        guard case .accept(let acceptance) = judgement,
            case .carryOut(let changes, _) = acceptance.effect
        else {
            Issue.record("\(judgement)")
            return []
        }
        return changes
    }

    @Test("a setting is changed by mail, and a wrong one is told with what is right")
    func settings() throws {
        func answer(_ command: String) throws -> (changes: [Transition.Change], text: String) {
            let judgement = try decide("\(command)\r\nlist: \(OpenerBench.listAddress)")
            guard case .accept(let acceptance) = judgement,
                case .carryOut(let changes, let answers) = acceptance.effect,
                let answer = answers.first
            else {
                Issue.record("\(command): \(judgement)")
                return ([], "")
            }
            let opened = try bench.keys.keyring(of: bench.list)
                .open(sealed: answer.post.bytes, limit: 1 << 20)
            let text = String(decoding: opened.plaintext, as: UTF8.self)
            return (changes, text.replacing("=\r\n", with: "").replacing("=3D", with: "="))
        }
        #expect(
            try answer("set unsigned_msg_action hold").changes
                == [.set("unsigned_msg_action", to: "hold")]
        )
        for (command, words) in [
            ("set unsigned_msg_action maybe", "accept, hold, reject, discard, ignore"),
            ("set nothing at-all", "These exist:"),
            ("set original_domains people.test", "on the server"),
            ("set subscription_policy key-set, key-confirm, exec:/bin/sh", "on the server"),
            ("set preserve_original_sig true", "needs from=original"),
        ] {
            let (changes, text) = try answer(command)
            #expect(changes.isEmpty && text.contains(words), "\(command): \(text)")
        }
    }

    @Test("who is trusted with a good post is moderated no more")
    func trusted() throws {
        let changes = changes(try decide("trust \(try hold())"))
        let mia = try StoreSamples.address(bench.mia.address)
        #expect(changes.count == 2 && changes.last == .trust(mia))
        guard case .release? = changes.first else {
            Issue.record("\(changes)")
            return
        }
    }

    @Test("nobody is trusted for a post about which the moderator is asked once more")
    func askedAgain() throws {
        let token = try hold()
        // What she decided on is not what is there now.
        try bench.revoke(bench.mia)
        let changes = changes(try decide("trust \(token)"))
        guard case .holdAgain? = changes.first, changes.count == 1 else {
            Issue.record("\(changes)")
            return
        }
    }

    @Test("a row that somebody changed alarms nobody's engine, and can be thrown away")
    func changed() throws {
        let token = try hold()
        let held = try bench.lastHeld()
        // With the reasons of another, whose code does not say so.
        let other = held.with(reasons: [.moderated, .emergency])
        try bench.carryOut(Transition(changes: [.holdAgain(other)]))
        #expect(changes(try decide("accept \(token)")).isEmpty)
        #expect(changes(try decide("trust \(token)")).isEmpty)
        #expect(try bench.store.status(now: Date()).alarms.isEmpty)
        #expect(changes(try decide("reject \(token) no")) == [.dismiss(held.id)])
    }
}
