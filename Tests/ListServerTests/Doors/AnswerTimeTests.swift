import Foundation
import LMTP
import Logging
import MIME
import MailingList
import Milter
import NIOConcurrencyHelpers
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

@Suite
struct AnswerTimeTests {
    private static let refused = Outcome.refused(
        .unsigned,
        detail: "",
        provenAuthor: nil
    )

    private func dependsOnOpening(
        _ role: ListRole,
        _ outcome: Outcome
    ) throws -> Bool {
        let recipient = ListRecipient(list: try TransactionTests.list(), role: role, bounced: nil)
        return MilterReplyPlan(
            recipients: [(argument: "<x>", roles: [recipient])],
            outcomes: [recipient: outcome],
            isMixed: false
        ).dependsOnOpening
    }

    @Test("that a post is refused can be known by opening it alone")
    func refusedPost() throws {
        #expect(try dependsOnOpening(.posting, Self.refused))
    }

    @Test("a post that is taken has nothing to hide")
    func takenPost() throws {
        #expect(try !dependsOnOpening(.posting, .accepted(copies: 1, detail: "")))
    }

    @Test(
        "what is done with commands is told by nothing, taken or not",
        arguments: [.request, .join, .leave, .confirm(token: "x"), .sendkey] as [ListRole]
    )
    func command(role: ListRole) throws {
        #expect(try dependsOnOpening(role, .accepted(copies: 1, detail: "")))
        #expect(try dependsOnOpening(role, Self.refused))
        #expect(try dependsOnOpening(role, .postponed(.failure, detail: "")))
    }
}

/// A whole session of the MTA, and how long it waits with its answer.
@Suite
struct AnswerWaitTests {
    private static let reference = "4XQ1zz0abcz1"
    private let bench: OpenerBench
    private let judging: JudgeBench
    private let clock = SlowClock()

    init() throws {
        bench = try OpenerBench()
        judging = try JudgeBench(bench)
    }

    private func answer(to message: [UInt8], for recipients: [String]) throws -> MilterStatus {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let session = ListSession(
            directory: ListDirectory(store: bench.store),
            processor: MessageProcessor(
                store: bench.store,
                road: judging.road,
                clock: { OpenerBench.now },
                committed: {}
            ),
            record: judging.record,
            answers: clock.timing,
            memory: Allowance(64 << 20),
            logger: logger
        )
        let root = try Message(message).root
        let peer = MilterPeer(hostName: "mail.people.test", address: "192.0.2.1", port: 4711)
        let none = MilterMacros()
        let sender = "<\(bench.alice.address)>"
        #expect(session.connected(peer) == .continue)
        #expect(session.mailFrom(sender, parameters: [], macros: none) == .continue)
        for recipient in recipients {
            let macros = MilterMacros([.recipientAddress: recipient])
            let status = session.recipient("<\(recipient)>", parameters: [], macros: macros)
            #expect(status == .continue)
        }
        #expect(session.data(macros: none) == .continue)
        for field in root.headerFields {
            let status = session.header(name: Array(field.name.utf8), value: field.rawValue)
            #expect(status == .continue)
        }
        #expect(session.endOfHeaders() == .continue)
        #expect(session.body(Array(root.body)) == .continue)
        let actions = MilterMessageActions(
            queueID: Self.reference,
            progress: { true },
            deleteRecipient: { _ in true }
        )
        defer { session.closed() }
        return session.endOfMessage(actions, macros: none)
    }

    private func unsigned() throws -> [UInt8] {
        let entity = Array("Content-Type: text/plain\r\n\r\nhello\r\n".utf8)
        return bench.message(
            around: try bench.alice.encrypt(entity, to: [OpenerBench.listAddress], signed: false)
        )
    }

    @Test("a post that is taken is answered at once")
    func taken() throws {
        let message = bench.message(around: try bench.signedInside("hello"))
        #expect(try answer(to: message, for: [OpenerBench.listAddress]) == .discard)
        #expect(clock.waits.isEmpty)
    }

    @Test("a refusal waits for the next step")
    func refused() throws {
        let status = try answer(to: try unsigned(), for: [OpenerBench.listAddress])
        #expect(status == .reply(Refusal.unsigned.reply.withReference(Self.reference)))
        // The test of gpg and the key is work that everybody causes.
        #expect(clock.waits == [100])
    }

    @Test("so does a refusal that is left to the gate, for the sake of others")
    func mixed() throws {
        let recipients = [OpenerBench.listAddress, "bob@people.test"]
        #expect(try answer(to: try unsigned(), for: recipients) == .continue)
        // The test of gpg and the key is work that everybody causes.
        #expect(clock.waits == [100])
    }

    @Test("so does a mail with commands that is taken")
    func command() throws {
        let message = bench.message(around: try bench.signedInside("help"))
        #expect(try answer(to: message, for: ["list-request@lists.test"]) == .discard)
        #expect(clock.waits == [500])
    }
}

/// A clock on which a fifth of a second passes between two looks.
private final class SlowClock: Sendable {
    private let looks = NIOLockedValueBox(0)
    private let slept = NIOLockedValueBox<[TimeInterval]>([])

    /// What was waited by it, in milliseconds.
    var waits: [Double] {
        slept.withLockedValue { $0 }.map { ($0 * 1000).rounded() }
    }

    var timing: ReplyTiming {
        ReplyTiming(
            now: { [looks] in
                looks.withLockedValue { count in
                    count += 1
                    return 100 + 0.2 * TimeInterval(count)
                }
            },
            sleep: { [slept] seconds in slept.withLockedValue { $0.append(seconds) } }
        )
    }
}
