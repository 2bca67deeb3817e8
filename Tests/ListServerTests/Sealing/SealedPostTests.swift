import Foundation
import GnuPG
import Logging
import MIME
import MailingList
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// What is known of a sealed post by its seal alone, and that whatever was sealed can leave.
@Suite struct SealedPostTests {
    private let bench: OpenerBench

    init() throws { bench = try OpenerBench() }

    @Test("a row says nothing of a post that its seal does not say")
    func rows() throws {
        let list = try bench.list(with: OpenerBench.open)
        let eve = try StoreSamples.address("eve@people.test")
        let known = try bench.keys.certificates.inspect(bench.alice.publicKey(), now: Date()).get()
        func answer(_ certificate: Certificate?) throws -> SealedPost {
            let answer = Answer(
                reader: .person(eve, certificate),
                text: AnswerText(.help, [:]),
                attachments: [],
                answering: nil
            )
            return try #require(try bench.sealer.seal(answer, of: list, now: OpenerBench.now)).post
        }
        func resent(_ key: Certificate?) throws -> SealedPost {
            let text = "Content-Type: text/plain\r\n\r\nX-Resend: eve@people.test\r\n\r\nwords\r\n"
            let order = try #require(ResendOrder(in: Array(text.utf8)))
            return try bench.sealer.seal(order, "x", to: eve, key: key, of: list, now: Date()).post
        }
        let posts = [
            try bench.post(bench.message(around: try bench.signedInside("words")), in: list),
            try bench.post(bench.mail(try bench.encapsulated("clear words")), in: list),
            try bench.sealer.seal(
                reportToOwners: AnswerText(.unusableKeys),
                of: list,
                now: OpenerBench.now
            ),
            try answer(known), try answer(nil), try resent(known), try resent(nil),
        ]
        #expect(Set(posts.map(\.kind)).count == SealedPost.Kind.allCases.count - 1)
        for post in posts {
            // What is asked of every row before copies are made of it.
            _ = try CopyMaker(list: list, post: post, sealer: bench.sealer)
            let plaintext = try bench.keys.keyring(of: list)
                .open(sealed: post.bytes, limit: 1 << 20).plaintext
            func isTaken(
                kind: SealedPost.Kind? = nil,
                messageID: String? = nil,
                date: Date? = nil,
                loops: [String]? = nil,
                recipient: EmailAddress? = nil
            ) -> Bool {
                let kind = kind ?? post.kind
                let isPersonal = kind != .ownerMail && !kind.isPost
                let row = SealedPost(
                    identifier: post.identifier,
                    kind: kind,
                    messageID: messageID ?? post.messageID,
                    date: date ?? post.date,
                    loops: loops ?? post.loops,
                    recipient: isPersonal ? recipient ?? eve : nil,
                    bytes: post.bytes
                )
                return PostIdentity.kind(inside: plaintext, of: row) == post.kind
            }
            #expect(isTaken())
            for kind in SealedPost.Kind.allCases where kind != post.kind {
                // The archive has what left in clear, and gives it away encrypted.
                let isArchived = kind == .post && post.kind == .clearPost
                #expect(isTaken(kind: kind) == isArchived, "\(post.kind) as \(kind)")
            }
            #expect(!isTaken(messageID: "<new@lists.test>"))
            #expect(!isTaken(date: .distantFuture))
            #expect(!isTaken(loops: []))
            #expect(post.recipient == nil || !isTaken(recipient: list.address))
        }
    }

    @Test(
        "whoever an answer is for, it leaves",
        arguments: [
            "\"a b\"@people.test", "gr\u{fc}n@people.test", "A.B+c@People.Test",
            "\"a\\\"b\"@x.test",
        ]
    )
    func readers(text: String) throws {
        let address = try StoreSamples.address(text)
        let answer = Answer(
            reader: .person(address, nil),
            text: AnswerText(.help, [:]),
            attachments: [],
            answering: nil
        )
        let sealed = try #require(
            try bench.sealer.seal(answer, of: bench.list, now: OpenerBench.now)
        )
        let copy = try bench.copy(of: sealed.post, for: nil, in: bench.list)
        let to = try Message(copy).root.field(named: "To").flatMap { Mailbox.list($0.value) }
        #expect(to?.map(\.address) == [address])
    }

    @Test(
        "what a post is made of does not keep it from leaving",
        arguments: [
            ("deep", true), ("deep", false), ("wide", true), ("boundary", true), ("subject", true),
        ]
    )
    func extremes(kind: String, isClear: Bool) throws {
        let list = try bench.list(
            with: OpenerBench.open.merging(["unsigned_msg_action": "defer"]) { $1 }
        )
        var entity = "Content-Type: text/plain\r\n\r\nwords"
        func wrap(_ boundary: String, _ parts: [String]) -> String {
            "Content-Type: multipart/mixed; boundary=\"\(boundary)\"\r\n"
                + parts.map { "\r\n--\(boundary)\r\n\($0)" }.joined() + "\r\n--\(boundary)--\r\n"
        }
        switch kind {
        case "deep": for level in 10..<41 { entity = wrap("b\(level)", [entity]) }
        case "wide": entity = wrap("b", Array(repeating: entity, count: 999))
        case "boundary": entity = wrap("=_", [entity, entity])
        default: break
        }
        var message: [UInt8]
        if isClear {
            message = bench.mail(Array(entity.utf8))
        } else {
            let packets = try bench.alice.encrypt(
                Array(entity.utf8),
                to: [OpenerBench.listAddress],
                signed: false
            )
            message = bench.message(around: packets)
        }
        if kind == "subject" {
            let long = String(repeating: "Grüße ", count: 15_000)
            message = Array(
                String(decoding: message, as: UTF8.self)
                    .replacing("Subject: [...]", with: "Subject: \(long)")
                    .replacing("Subject: outside", with: "Subject: \(long)").utf8
            )
        }
        let post = try bench.post(message, in: list)
        #expect(post.kind == (isClear ? .clearPost : .post))
        let copy = try bench.copy(of: post, for: isClear ? nil : TestKeyring("reader"), in: list)
        if isClear {
            let whole = String(decoding: copy, as: UTF8.self)
            #expect(whole.contains("words") && copy.allSatisfy { $0 < 0x80 })
            let header = try MessageHeader(copy)
            #expect(header.fields.allSatisfy { $0.rawValue.count < 100_000 })
        }
    }

    @Test("what is not what its list sealed is not sent, tried seldom, and keeps nobody waiting")
    func planted() async throws {
        let sealed = try bench.sealer.seal(
            reportToOwners: AnswerText(.unusableKeys),
            of: bench.list,
            now: OpenerBench.now
        )
        for (name, post) in [
            (
                "planted",
                SealedPost(
                    identifier: "planted",
                    kind: .post,
                    messageID: "<planted@lists.test>",
                    date: sealed.date,
                    loops: sealed.loops,
                    bytes: sealed.bytes
                )
            ),
            (
                "good",
                try bench.post(
                    bench.message(around: try bench.signedInside("words")),
                    in: bench.list
                )
            ),
        ] {
            _ = try bench.store.commit(
                [
                    Acceptance(
                        list: bench.list,
                        receipt: StoreSamples.receipt(bench.list, name),
                        claims: [],
                        effect: .distribute(post, to: .subscribers(except: nil))
                    )
                ],
                now: OpenerBench.now
            )
        }
        let feeder = DeliveryFeeder(
            store: bench.store,
            sealer: bench.sealer,
            limits: Distributor.Limits(),
            pool: BlockingPool(),
            engine: try JudgeBench(bench).engine,
            clock: { OpenerBench.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let window = try #require(try await feeder.next())
        #expect(window.post.identifier != "planted" && window.deliveries.count == 1)
        let end = try await feeder.next()
        #expect(end == nil)
        let due = try bench.store.dueDeliveries(after: 0, now: OpenerBench.now, limit: 9)
        #expect(due.map(\.id) == window.deliveries.map(\.id))
        let alarms = try bench.store.status(now: OpenerBench.now).alarms
        #expect(alarms.map(\.alarm) == [.forgedPost])
        #expect(
            try bench.store.owedCopies(of: nil, after: 0, limit: 9).contains {
                $0.reason?.contains("not what its list sealed") ?? false
            }
        )
    }
}
