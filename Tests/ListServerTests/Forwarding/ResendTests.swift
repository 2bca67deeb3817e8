import Foundation
import GnuPG
import Logging
import MIME
import MailingList
import NIOCore
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Lines on top of a post that have it sent on to people outside.
@Suite struct ResendTests {
    private let bench: OpenerBench
    private let rita: TestKeyring

    init() throws {
        bench = try OpenerBench()
        rita = try TestKeyring("rita")
        try bench.store.carryOut(
            [
                .bindKey(
                    bench.keys.certificates.inspect(try rita.publicKey(), now: Date()).get(),
                    to: StoreSamples.address("Rita@Press.test")
                )
            ],
            answers: [],
            in: bench.list.id,
            now: OpenerBench.now
        )
    }

    private func list(_ settings: [String: String] = [:]) -> MailingList {
        var list = bench.list
        for (name, value) in settings.merging(
            ["resend_allowed": "subscriber"],
            uniquingKeysWith: { own, _ in own }
        ) {
            #expect(ListSettings.named(name)?.set(&list.settings, value) == true, "\(name)")
        }
        return list
    }

    private func accept(
        _ text: String,
        _ list: MailingList,
        isSigned: Bool = true
    ) throws -> Acceptance {
        let packets =
            isSigned
            ? try bench.signedInside(text)
            : try bench.alice.encrypt(
                Array("Content-Type: text/plain\r\n\r\n\(text)\r\n".utf8),
                to: [OpenerBench.listAddress],
                signed: false
            )
        let judgement = try JudgeBench(bench, list: list).judge(bench.message(around: packets))
        guard case .accept(let acceptance) = judgement else { throw SealerError.nothingToSeal }
        return acceptance
    }

    private func inside(_ post: SealedPost) throws -> String {
        String(
            decoding: try bench.keys.keyring(of: bench.list)
                .open(sealed: post.bytes, limit: 1 << 20).plaintext,
            as: UTF8.self
        )
    }

    private func copyText(_ acceptance: Acceptance) throws -> String {
        guard case .distribute(let post, _) = acceptance.effect else { return "" }
        return try inside(post).replacing("=\r\n", with: "")
    }

    @Test("to a bound key it goes encrypted, without the order, and every copy says so")
    func bound() throws {
        let list = list(["resend_footer": "the team"])
        let acceptance = try accept("X-Resend: rita@press.test\r\n\r\ncanary words", list)
        let answer = try #require(acceptance.resent.first)
        #expect(acceptance.resent.count == 1 && answer.post.kind == .resent)
        let text = try inside(answer.post)
        #expect(text.contains("canary words\r\n") && text.contains("the team"))
        #expect(text.contains("Subject: a subject") && !text.lowercased().contains("x-resend"))
        // As the list's: nothing of its author.
        #expect(!text.contains("alice") && !text.contains("Posted by"))
        #expect(
            try copyText(acceptance).contains(
                "Forwarded: to rita@press.test, encrypted with key \(rita.fingerprint)"
            )
        )
        // Her copy is opened with that key, and has nothing readable outside.
        let source = try CopyMaker(list: list, post: answer.post, sealer: bench.sealer)
        guard case .person(let address, let certificate) = answer.reader else {
            Issue.record("\(answer.reader)")
            return
        }
        let delivery = Delivery(
            id: 1,
            post: 1,
            subscriber: nil,
            recipient: address,
            token: nil,
            certificate: certificate,
            attempts: 0
        )
        let copy = try source.copy(for: delivery, now: Date()).get()
            .flatMap { Array($0.readableBytesView) }
        let outside = String(decoding: copy, as: UTF8.self)
        #expect(outside.contains("Subject: [...]") && outside.contains("To: rita@press.test"))
        #expect(!outside.contains("List-") && !outside.contains("Auto-Submitted"))
        #expect(
            String(decoding: try rita.open(copy).plaintext, as: UTF8.self).contains("canary words")
        )
    }

    @Test("without a key nothing goes out, and in clear only what its author says may")
    func clear() throws {
        let none = try accept("X-Resend: paul@press.test\r\n\r\ncanary", list())
        #expect(none.resent.isEmpty)
        #expect(
            try copyText(none).contains("Forwarded: not to paul@press.test: the list has no key")
        )
        let clear = try accept("x-resend-unencrypted: paul@press.test\r\n\r\ncanary two", list())
        let answer = try #require(clear.resent.first)
        #expect(answer.post.kind == .clearResent)
        #expect(try copyText(clear).contains("Forwarded: to paul@press.test, in clear"))
        // Until it leaves it lies sealed like everything else.
        #expect(!String(decoding: answer.post.bytes, as: UTF8.self).contains("canary"))
        let source = try CopyMaker(list: list(), post: answer.post, sealer: bench.sealer)
        let delivery = Delivery(
            id: 1,
            post: 1,
            subscriber: nil,
            recipient: try StoreSamples.address("paul@press.test"),
            token: nil,
            certificate: nil,
            attempts: 0
        )
        let copy = try source.copy(for: delivery, now: Date()).get()
            .flatMap { Array($0.readableBytesView) }
        let text = String(decoding: copy, as: UTF8.self)
        #expect(text.contains("Subject: a subject") && text.contains("canary two"))
        #expect(text.contains("multipart/signed"))
    }

    @Test("what goes out in clear is in seven bits, with all that the post had")
    func narrow() throws {
        func part(_ type: String, _ body: String) -> String {
            "--m\r\nContent-Type: \(type)\r\n\r\n\(body)\r\n"
        }
        let signed =
            "--s\r\nContent-Type: text/plain\r\n\r\nfür\r\n--s\r\n"
            + "Content-Type: application/pgp-signature\r\n\r\nx\r\n--s--"
        let entity =
            "Content-Type: multipart/mixed; boundary=m; protected-headers=v1\r\n"
            + "From: alice@people.test\r\nTo: \(OpenerBench.listAddress)\r\n\r\n"
            + part(
                "text/plain; charset=utf-8",
                "X-Resend-Unencrypted: paul@press.test\r\n\r\nGrüße"
            )
            + part("text/csv; charset=utf-8", "ä,ö")
            + part("multipart/signed; boundary=s; protocol=\"application/pgp-signature\"", signed)
            + "--m--\r\n"
        let packets = try bench.alice.encrypt(Array(entity.utf8), to: [OpenerBench.listAddress])
        let list = list()
        let judgement = try JudgeBench(bench, list: list).judge(bench.message(around: packets))
        guard case .accept(let acceptance) = judgement else { throw SealerError.nothingToSeal }
        let answer = try #require(acceptance.resent.first)
        let copy = try bench.copy(of: answer.post, for: nil, in: list)
        #expect(copy.allSatisfy { $0 < 0x80 })
        let parts = try Message(copy).root.children[0].children
        #expect(try parts[0].decodedText(limit: 999) == "Grüße\n")
        #expect(try parts[1].decodedText(limit: 999) == "ä,ö")
        #expect(
            try String(decoding: parts[2].decodedBody(limit: 9999), as: UTF8.self).contains("für")
        )
    }

    @Test("nobody orders anything without the right, without a signature, or to a list")
    func refused() throws {
        let order = "X-Resend: rita@press.test, list@lists.test, nonsense\r\n\r\nwords"
        let wrong = try accept(order, list(["resend_allowed": "owner"]))
        #expect(wrong.resent.isEmpty)
        #expect(try copyText(wrong).contains("Forwarded: to nobody: the list does not allow"))
        let unsigned = try accept(
            order + " unsigned",
            list(["unsigned_msg_action": "accept"]),
            isSigned: false
        )
        #expect(unsigned.resent.isEmpty)
        #expect(
            try copyText(unsigned).contains(
                "Forwarded: to nobody: the post is not both encrypted"
            )
        )
        let some = try accept(order + " signed", list())
        #expect(some.resent.count == 1)
        let text = try copyText(some)
        #expect(text.contains("not to list@lists.test: this is the address of a list"))
        #expect(text.contains("not to nonsense: not an address"))
    }

    @Test(
        "an order stands at the top of a text, and nowhere else",
        arguments: [
            ("Content-Type: text/plain\r\n\r\n\r\nX-RESEND: a@b.test\r\nwords\r\n", 1),
            ("Content-Type: text/plain\r\n\r\nwords\r\nX-Resend: a@b.test\r\n", 0),
            ("Content-Type: text/plain\r\n\r\n> X-Resend: a@b.test\r\n", 0),
            ("Content-Type: text/html\r\n\r\nX-Resend: a@b.test\r\n", 0),
            ("Content-Type: text/plain\r\n\r\nX-Resend: <a@b.test>, c@d.test;a@b.test\r\n", 2),
            (
                "Content-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\n"
                    + "Content-Type: text/plain\r\n\r\nX-Resend: a@b.test\r\n\r\nwords\r\n--i\r\n"
                    + "Content-Type: text/html\r\n\r\nX-Resend: a@b.test<br>words\r\n--i--\r\n", 1
            ),
        ]
    )
    func place(entity: String, count: Int) throws {
        let order = ResendOrder(in: Array(entity.utf8))
        #expect((order?.recipients.count ?? 0) == count)
        // Other forms of the text have the order in them: they stay behind.
        #expect(order?.attachments.isEmpty ?? true)
        if let order { #expect(!order.text.lowercased().contains("x-resend")) }
    }

    @Test("attachments go along, and no more than ten addresses")
    func limits() throws {
        let many = (0..<12).map { "a\($0)@b.test" }.joined(separator: ", ")
        let entity =
            "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: text/plain\r\n\r\n"
            + "X-Resend: \(many)\r\n\r\nwords\r\n--o\r\nContent-Type: image/png\r\n\r\npicture\r\n"
            + "--o\r\nContent-Type: text/html\r\n\r\n<p>X-Resend: a@b.test</p>\r\n"
            + "--o\r\nContent-Type: application/pgp-keys\r\n\r\nher key\r\n"
            + "--o\r\nContent-Type: text/plain\r\n\r\n-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n"
            + "--o--\r\n"
        let order = try #require(ResendOrder(in: Array(entity.utf8)))
        #expect(order.recipients.count == 10 && order.faults.count == 2)
        #expect(
            order.attachments.map { String(decoding: $0, as: UTF8.self) } == [
                "Content-Type: image/png\r\n\r\npicture"
            ]
        )
    }

    @Test("an order that is too long is said to be one, and never done in part")
    func longLine() throws {
        let line = "X-Resend: rita@press.test " + String(repeating: "x ", count: 3000)
        let order = try #require(
            ResendOrder(in: Array("Content-Type: text/plain\r\n\r\n\(line)\r\n\r\nwords\r\n".utf8))
        )
        #expect(order.recipients.isEmpty && order.faults.count == 1)
        #expect(order.text.hasPrefix("words"))
    }

    @Test("an order counts only if the signature, or a line below it, says for which list it is")
    func binding() throws {
        func judge(_ lines: String) throws -> Acceptance {
            let entity = "Content-Type: text/plain\r\n\r\n\(lines)\r\n\r\nwords of \(lines)\r\n"
            let packets = try bench.alice.encrypt(
                Array(entity.utf8),
                to: [OpenerBench.listAddress]
            )
            let judgement = try JudgeBench(bench, list: list())
                .judge(bench.message(around: packets))
            guard case .accept(let acceptance) = judgement else {
                throw SealerError.nothingToSeal
            }
            return acceptance
        }
        let open = try judge("X-Resend: rita@press.test")
        #expect(open.resent.isEmpty)
        #expect(try copyText(open).contains("\"X-List-Name: list@lists.test\""))
        let other = try judge("X-List-Name: other@lists.test\r\nX-Resend: rita@press.test")
        #expect(other.resent.isEmpty)
        let named = try judge("X-Resend: rita@press.test\r\nX-List-Name: LIST@lists.test")
        // No signature covers that Subject: it is not said in the list's name.
        let post = try #require(named.resent.first).post
        #expect(try inside(post).contains("Subject: list@lists.test"))
    }

    @Test("what was here before is not sent on again, though owners let it be posted")
    func again() throws {
        let list = list(["duplicate_sig_action": "accept"])
        let mail = bench.message(
            around: try bench.signedInside("X-Resend: rita@press.test\r\n\r\nonce")
        )
        let judging = try JudgeBench(bench, list: list)
        #expect(judging.process(mail) == .accepted)
        let repeated = String(decoding: mail, as: UTF8.self)
            .replacing("Message-ID: <1@", with: "Message-ID: <2@")
        guard case .accept(let acceptance) = judging.judge(Array(repeated.utf8)) else {
            Issue.record("not taken")
            return
        }
        #expect(acceptance.resent.isEmpty)
    }

    @Test("what did not go on is told to the owners, since every copy says that it did")
    func unsent() throws {
        let list = list()
        try bench.store.update(list.settings, of: list.id)
        let olga = try TestKeyring("olga")
        _ = try bench.store.addSubscriber(
            StoreSamples.address(olga.address),
            roles: .owner,
            certificate: bench.keys.certificates.inspect(try olga.publicKey(), now: Date()).get(),
            token: StoreSamples.token(3),
            to: list.id,
            now: OpenerBench.now
        )
        let mail = bench.message(
            around: try bench.signedInside("X-Resend: rita@press.test\r\n\r\nwords")
        )
        #expect(try JudgeBench(bench, list: list).process(mail) == .accepted)
        let due = try bench.store.dueDeliveries(after: 0, now: .distantFuture, limit: 9)
        try bench.store.settle(due.map { ($0.id, .keyUnusable) }, now: OpenerBench.now)
        let unsent = try bench.store.unsent(of: list.id, limit: 9)
        #expect(unsent.map(\.address) == ["rita@press.test"])
        let reporter = OwnerReporter(
            store: bench.store,
            sealer: bench.sealer,
            bell: WakeUp(),
            clock: { OpenerBench.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        #expect(try reporter.tellOfUnsent())
        #expect(try !reporter.tellOfUnsent())
        let told = try bench.store.dueDeliveries(after: 0, now: .distantFuture, limit: 9)
        #expect(told.map(\.recipient.description) == [olga.address])
    }

    @Test("what is sent on is owed like a copy, in the same transaction")
    func owed() throws {
        let list = list()
        try bench.store.update(list.settings, of: list.id)
        let post = bench.message(
            around: try bench.signedInside("X-Resend: rita@press.test\r\n\r\nw")
        )
        #expect(try JudgeBench(bench, list: list).process(post) == .accepted)
        let due = try bench.store.dueDeliveries(after: 0, now: .distantFuture, limit: 9)
        #expect(Set(due.map(\.recipient.description)) == ["alice@people.test", "rita@press.test"])
        let outside = try #require(due.first { $0.subscriber == nil })
        #expect(outside.certificate?.fingerprint.description == rita.fingerprint)
    }

    @Test("a list keeps sealed posts as long as its owners say, and gives them to a key")
    func archive() throws {
        let list = list(["archive": "30"])
        try bench.store.update(list.settings, of: list.id)
        let post = bench.message(around: try bench.signedInside("canary kept"))
        #expect(try JudgeBench(bench, list: list).process(post) == .accepted)
        // Paid: the owed one is gone, the kept one is not.
        let due = try bench.store.dueDeliveries(after: 0, now: .distantFuture, limit: 9)
        _ = try bench.store.dropDeliveries(due.map(\.id))
        #expect(try bench.store.storedPosts(of: list.id, after: 0, limit: 9).isEmpty)
        let exporter = ArchiveExporter(store: bench.store, sealer: bench.sealer)
        #expect(try exporter.count(of: list) == 1)
        let key = try bench.keys.certificates.inspect(try rita.publicKey(), now: Date()).get()
        let forged = try exporter.forEachCopy(of: list, to: key, now: Date()) { name, octets in
            #expect(!name.contains("/"))
            let opened = String(decoding: try rita.open(octets).plaintext, as: UTF8.self)
            #expect(opened.contains("canary kept"))
            #expect(!String(decoding: octets, as: UTF8.self).contains("canary"))
        }
        #expect(forged.isEmpty)
        try bench.store.prune(now: Date(timeIntervalSinceNow: 29 * 86_400))
        #expect(try exporter.count(of: list) == 1)
        try bench.store.prune(now: Date(timeIntervalSinceNow: 31 * 86_400))
        #expect(try exporter.count(of: list) == 0)
    }
}
