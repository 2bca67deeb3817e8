import Foundation
import GnuPG
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// What the peer is told when the fault is ours, and who hears of it.
@Suite struct JudgeTests {
    private let bench: OpenerBench
    private let message: [UInt8]

    init() throws {
        bench = try OpenerBench()
        message = bench.message(around: try bench.signedInside("hello"))
    }

    private func alarms() throws -> [Alarm] {
        try bench.store.status(now: OpenerBench.now).alarms.map(\.alarm)
    }

    private func code(_ judgement: JudgeBench.Judged) -> Int {
        switch judgement {
        case .accept, .repeated: 250
        case .postpone(let reply): reply.code
        case .refuse(let refusal, _, _): refusal.reply.code
        }
    }

    @Test(
        "without the list's key mail is deferred, nothing is noted of it, and an alarm says so until it is back"
    )
    func missingKey() throws {
        let judging = try JudgeBench(bench)
        let home = bench.keys.keyring(of: bench.list).home
        let (there, away) = (home + "/private-keys-v1.d", home + "/away")
        bench.keys.stopAgents()
        try FileManager.default.moveItem(atPath: there, toPath: away)
        // However often: it is never the message's fault.
        for _ in 0..<4 { #expect(code(judging.judge(message)) == 451) }
        #expect(try alarms() == [.engine])
        #expect(try bench.store.counts()[.refused] == nil)
        bench.keys.stopAgents()
        // An agent that was asked has made an empty one.
        try? FileManager.default.removeItem(atPath: there)
        try FileManager.default.moveItem(atPath: away, toPath: there)
        #expect(judging.process(message) == .accepted)
        #expect(try alarms().isEmpty)
    }

    @Test("the alarm goes on while another list's key is missing")
    func otherList() throws {
        let judging = try JudgeBench(bench)
        let other = try bench.store.createList(
            at: StoreSamples.address("other@lists.test"),
            settings: ListSettings(),
            now: OpenerBench.now
        ) { _ in bench.list.fingerprint }
        judging.engine.failed(other.id, detail: "no key")
        #expect(judging.process(message) == .accepted)
        #expect(try alarms() == [.engine])
        // One that is deleted fails no more.
        try bench.store.deleteList(other.id)
        let next = bench.message(around: try bench.signedInside("next"))
        #expect(judging.process(next) == .accepted)
        #expect(try alarms().isEmpty)
    }

    private func list(_ settings: [String: String]) -> MailingList {
        var list = bench.list
        for (name, value) in settings {
            #expect(ListSettings.named(name)?.set(&list.settings, value) == true, "\(name)")
        }
        return list
    }

    @Test("an author has as many posts a day as the list wants, and only her own are counted")
    func rate() throws {
        let settings = ["max_daily_posts": "2", "rate_action": "reject"]
        let judging = try JudgeBench(bench, list: list(settings))
        // In her name, by nobody.
        let forged = try bench.alice.encrypt(
            Array("Content-Type: text/plain\r\n\r\nforged\r\n".utf8),
            to: [OpenerBench.listAddress],
            signed: false
        )
        let open = list(settings.merging(["unsigned_msg_action": "accept"]) { $1 })
        #expect(
            try JudgeBench(bench, list: open).process(bench.message(around: forged)) == .accepted
        )
        // Nor again, by somebody who has it, where owners let that pass.
        let again = list(settings.merging(["duplicate_sig_action": "accept"]) { $1 })
        let captured = String(
            decoding: bench.message(around: try bench.signedInside("one")),
            as: UTF8.self
        )
        #expect(judging.process(Array(captured.utf8)) == .accepted)
        let repeated = captured.replacing("Message-ID: <1@", with: "Message-ID: <2@")
        #expect(try JudgeBench(bench, list: again).process(Array(repeated.utf8)) == .accepted)
        for text in ["two"] {
            let post = bench.message(around: try bench.signedInside(text))
            #expect(judging.process(post) == .accepted, "\(text)")
        }
        let third = bench.message(around: try bench.signedInside("three"))
        guard case .refuse(.tooOften, _, _) = judging.judge(third) else {
            Issue.record("it was not refused")
            return
        }
        // The next day, in UTC.
        let tomorrow = OpenerBench.now.addingTimeInterval(86_400)
        let later = try JudgeBench(bench, list: list(settings), clock: { tomorrow })
        #expect(code(later.judge(third)) == 250)
    }

    @Test("inline PGP is opened only where owners do not refuse it, and then what they say")
    func inline() throws {
        let packets = try bench.alice.encrypt(
            Array("canary words\r\n".utf8),
            to: [OpenerBench.listAddress]
        )
        let mail =
            Array(
                ("From: alice <\(bench.alice.address)>\r\nMessage-ID: <i@people.test>\r\n"
                    + "Content-Type: text/plain\r\n\r\n").utf8
            ) + Armor.armor(packets, kind: .message)
        for (action, isOpened, verdict) in [
            ("reject", false, Verdict.refuse(.inline)), ("discard", false, .discard(.inline)),
            ("hold", true, .hold(.inline)), ("accept", true, .accept), ("defer", true, .accept),
        ] {
            let list = list(["inline_pgp_action": action])
            let opened = try bench.opener.open(ReceivedMessage(bytes: mail), for: list)
            #expect((opened.content != nil) == isOpened, "\(action)")
            let context = PolicyContext(judging: opened, for: list, now: Date()) { _ in false }
            let ruling = try Judgement(of: opened, as: .post, in: context)
            #expect(ruling.verdict == verdict, "\(action): \(ruling)")
        }
    }

    @Test("a paused list takes no post and no command, and what is for its owners")
    func paused() throws {
        let paused = list(["paused": "true"])
        for role in [ListRole.posting, .request, .join, .leave, .sendkey] {
            guard
                case .postpone(let reply) = try JudgeBench(bench, list: paused, role: role)
                    .judge(message)
            else {
                Issue.record("\(role)")
                continue
            }
            #expect(reply.code == 451 && reply.lines[0].contains("paused"))
        }
        #expect(try code(JudgeBench(bench, list: paused, role: .owner).judge(message)) == 250)
    }

    @Test("clear mail to the owners that a filter has marked goes where posts like it go")
    func ownerSpam() throws {
        let mail = Array(
            ("X-Spam-Flag: YES\r\nFrom: a@b.example\r\nMessage-ID: <s@b.example>\r\n"
                + "\r\nbuy\r\n").utf8
        )
        for (action, expected) in [("defer", 451), ("reject", 550), ("discard", 250)] {
            let judging = try JudgeBench(
                bench,
                list: list(["spam_action": action]),
                role: .owner
            )
            // Nobody could read it, so what is not refused stays with its peer.
            switch (action, judging.process(mail)) {
            case ("defer", .postponed): #expect(expected == 451)
            case ("reject", .refused(.spam, _, _)): #expect(expected == 550)
            case ("discard", .accepted): #expect(expected == 250)
            case (_, let outcome): Issue.record("\(action): \(String(describing: outcome))")
            }
        }
    }

    @Test("while the engine dies on every message, none is refused, and an alarm is raised")
    func dyingEngine() throws {
        let judging = try JudgeBench(bench)
        let program = bench.directory.file("s/engine/gpg")
        // The wrapper lives and tells how gpg ended, as it does of a crash.
        let script = """
            #!/bin/sh
            case "$*" in *--decrypt*) kill -SEGV $$ ;; esac
            exec /usr/bin/gpg "$@"

            """
        let gpg = try bench.directory.write(Array(script.utf8), to: "gpg")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: gpg)
        try String(contentsOfFile: program, encoding: .utf8).replacing("'/usr/bin/gpg'", with: gpg)
            .write(toFile: program, atomically: false, encoding: .utf8)
        var codes: [Int] = []
        for _ in 0..<4 { codes.append(code(judging.judge(message))) }
        #expect(codes == [451, 451, 451, 451])
        #expect(try alarms() == [.engine])
    }

    @Test("without room on the disk nothing is opened, and the peer comes again")
    func noMemory() throws {
        let judging = try JudgeBench(bench, freeOctets: -10)
        guard case .postpone(let reply) = judging.judge(message) else {
            Issue.record("it was judged")
            return
        }
        #expect(reply.status == "452 4.3.1")
        #expect(try judging.lastDetail().contains("no room"))
    }

    @Test("whoever hangs up while others are opened is not waited for")
    func noSlot() throws {
        let slots = OpeningSlots(count: 1)
        #expect(slots.enter(isPeerThere: { true }) == .entered)
        let judging = try JudgeBench(bench, slots: slots)
        #expect(code(judging.judge(message, isPeerThere: { false })) == 451)
        slots.leave()
        #expect(code(judging.judge(message)) == 250)
    }

    @Test("who waits while others are opened is asked whether she is there, and then to come again")
    func fullSlots() throws {
        let slots = OpeningSlots(count: 1, nap: .milliseconds(10), naps: 3)
        #expect(slots.enter(isPeerThere: { true }) == .entered)
        let judging = try JudgeBench(bench, slots: slots)
        var looks = 0
        let judgement = judging.judge(
            message,
            isPeerThere: {
                looks += 1
                return true
            }
        )
        guard case .postpone(let reply) = judgement else {
            Issue.record("\(judgement)")
            return
        }
        #expect(reply.code == 451 && reply.enhanced == EnhancedStatusCode(4, 3, 2))
        #expect(looks == 3)
        slots.leave()
        #expect(code(judging.judge(message)) == 250)
    }

    @Test("a bounce without a person is of nobody")
    func strayBounce() throws {
        let judging = try JudgeBench(bench, role: .bounces(token: "x"))
        #expect(code(judging.judge(message)) == 550)
    }

    @Test("mail to the address of commands that nobody can read there goes to the owners")
    func letters() throws {
        let list = [OpenerBench.listAddress]
        let plain = "Content-Type: text/plain\r\n"
        let broken = Array((plain + "no field\r\n\r\nhelp\r\n").utf8)
        let letter = Array((plain + "\r\nDear list, what is this?\r\n").utf8)
        let mallory = try TestKeyring("mallory")
        try mallory.learn(try bench.keys.keyring(of: bench.list).publicKey())
        let encrypted = [
            try bench.alice.encrypt(broken, to: list), try bench.alice.encrypt(letter, to: list),
            try mallory.encrypt(letter, to: list, signed: false),
            try mallory.encrypt(letter, to: [mallory.address], signed: false),
        ]
        let clear = Array("From: bob@people.test\r\nTo: list-request@lists.test\r\n".utf8)
        for message in encrypted.map(bench.message(around:)) + [clear + letter] {
            guard
                case .accept(let acceptance) = try JudgeBench(bench, role: .request)
                    .judge(message),
                case .distribute(let post, to: .owners) = acceptance.effect
            else {
                Issue.record("it went elsewhere")
                continue
            }
            #expect(post.kind == .ownerMail)
            let opened = try bench.keys.keyring(of: bench.list)
                .open(sealed: post.bytes, limit: 1 << 20).plaintext
            let text = String(decoding: opened, as: UTF8.self)
            #expect(text.contains("This mail was sent to list-request@lists.test"))
        }
        // At the other addresses it is a command, and at this one a wrong one stays wrong;
        // nor is a secret key for anybody.
        let armor = Armor.armor(try mallory.secretKey(), kind: .privateKey)
        for (role, message) in [
            (ListRole.request, clear + Array((plain + "\r\nmy key\r\n").utf8) + armor),
            (.join, bench.message(around: encrypted[3])),
            (.request, bench.message(around: try bench.signedInside("key confirm"))),
        ] {
            guard
                case .refuse(.commandRefused, _, _) = try JudgeBench(bench, role: role)
                    .judge(message)
            else {
                Issue.record("it was taken")
                continue
            }
        }
    }

    @Test("who hangs up before the commit gets nothing, and what throws there is a 451")
    func processing() throws {
        let judging = try JudgeBench(bench)
        let processor = MessageProcessor(
            store: bench.store,
            road: judging.road,
            clock: { OpenerBench.now },
            committed: {}
        )
        let recipient = ListRecipient(list: bench.list, role: .posting, bounced: nil)
        func outcome(isThere: Bool) -> JudgeBench.Answer? {
            processor.process(
                ReceivedMessage(bytes: message),
                for: [recipient],
                isPeerThere: { isThere }
            ).first.map(JudgeBench.Answer.init)
        }
        #expect(outcome(isThere: false) == .postponed(.failure))
        #expect(try bench.store.owedOctets() == 0)
        // Between judging and commit the list goes.
        let other = MessageProcessor(
            store: bench.store,
            road: judging.road,
            clock: { OpenerBench.now },
            committed: {}
        )
        let gone = Gone(store: bench.store, list: bench.list.id)
        let late = other.process(
            ReceivedMessage(bytes: message),
            for: [recipient],
            isPeerThere: gone.leave
        ).first
        let outcome = try #require(late)
        #expect(JudgeBench.Answer(outcome) == .postponed(.failure))
        judging.record.record(
            outcome,
            MessageContext(reference: "2", door: .milter, recipient: recipient),
            refusalTold: .peer
        )
        #expect(try alarms() == [.engine])
    }
}

/// Deletes the list when it is asked whether the peer is there: the last moment.
private struct Gone {
    let store: any ListStore
    let list: MailingList.ID

    func leave() -> Bool {
        try? store.deleteList(list)
        return true
    }
}
