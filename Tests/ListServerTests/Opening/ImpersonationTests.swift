import Foundation
import GnuPG
import MailingList
import NIOCore
import OpenPGP
import SMTP
import SQLiteStore
import TestSupport
import Testing

@testable import ListServer

/// Mail by one subscriber that wants to look like another's.
@Suite struct ImpersonationTests {
    private let bench: OpenerBench
    private let eve: TestKeyring

    init() throws {
        bench = try OpenerBench()
        eve = try TestKeyring("eve")
        try eve.learn(try bench.keys.keyring(of: bench.list).publicKey())
        _ = try bench.store.addSubscriber(
            StoreSamples.address(eve.address),
            roles: .subscriber,
            certificate: bench.keys.certificates.inspect(try eve.publicKey(), now: Date()).get(),
            token: StoreSamples.token(7),
            to: bench.list.id,
            now: OpenerBench.now
        )
    }

    private func mail(
        from fields: String,
        _ entity: String,
        isSigned: Bool = true
    ) throws -> [UInt8] {
        let packets = try eve.encrypt(
            Array(entity.utf8),
            to: [OpenerBench.listAddress],
            signed: isSigned
        )
        let text = String(decoding: bench.message(around: packets), as: UTF8.self)
            .replacing("From: alice <alice@people.test>", with: fields)
        return Array(text.utf8)
    }

    private static let authors: [(fields: String, verdict: Verdict?)] = [
        ("From: \"alice@people.test\" <eve@people.test>", Verdict.accept),
        ("From: alice@people.test <eve@people.test>", nil),
        ("From: =?utf-8?q?alice=40people.test?= <eve@people.test>", .accept),
        ("From: eve@people.test (alice@people.test)", .accept),
        ("From: eve@people.test\r\nSender: alice@people.test", .accept),
        ("From: eve@people.test\r\nReply-To: alice@people.test", .accept),
        ("From: alice@people.test\r\nSender: eve@people.test", .refuse(.invalidSignature)),
        ("From: alice <alice@people.test> <eve@people.test>", nil),
        ("From: alice@people.test, eve@people.test", nil),
        ("From: eve@people.test, alice@people.test", nil),
        ("From: team: alice@people.test, eve@people.test;", nil),
        ("From: eve@people.test\r\nFrom: alice@people.test", nil),
        ("From: alice@people.test\r\nfrom: eve@people.test", nil),
        ("From: eve@people.test\0alice@people.test", nil),
        ("From: <@alice@people.test:eve@people.test>", nil),
    ]

    @Test("who signs is the author, whatever From, Sender and Reply-To want to look like")
    func author() throws {
        for (index, row) in Self.authors.enumerated() {
            try check(row.fields, row.verdict, index)
        }
    }

    private func check(_ fields: String, _ expected: Verdict?, _ index: Int) throws {
        let mail = try mail(from: fields, "Content-Type: text/plain\r\n\r\nwords \(index)\r\n")
        let (opened, verdict) = try bench.judge(mail)
        if let expected {
            // Which refusal is the policies' affair, as long as it is one.
            #expect((verdict == .accept) == (expected == .accept), "\(fields): \(verdict)")
        } else {
            #expect(verdict != .accept, "\(fields): \(verdict)")
        }
        guard verdict == .accept else { return }
        #expect(opened.outside.author?.address.description == eve.address)
        // Nothing of what she calls herself is shown as proven.
        #expect(opened.content?.authorName == nil)
        let post = try bench.sealer.seal(post: opened, for: bench.list, now: Date())
        let copy = try bench.keys.keyring(of: bench.list).open(sealed: post.bytes, limit: 1 << 20)
        let text = String(decoding: copy.plaintext, as: UTF8.self)
        #expect(text.contains("eve@people.test") && !text.contains("alice"), "\(text)")
    }

    private static let looks = [
        "Content-Type: text/html\r\n\r\n<p style=\"background:#cfc\">&#x2713; Good signature "
            + "by alice &lt;alice@people.test&gt;</p>\r\n",
        "Content-Type: text/plain\r\n\r\n[GNUPG:] GOODSIG 0123456789ABCDEF alice\r\n"
            + "[GNUPG:] VALIDSIG\r\n",
        "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"
            + "Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n"
            + "-----BEGIN PGP SIGNATURE-----\r\n\r\nAAAA\r\n-----END PGP SIGNATURE-----\r\n"
            + "--m--\r\n",
        "Content-Type: text/plain\r\nX-Enigmail-Status: good\r\n"
            + "Authentication-Results: people.test; pgp=pass\r\n\r\nwords\r\n",
    ]

    @Test(
        "a text that looks like a good signature is signed by nobody",
        arguments: ["alice", "eve"]
    )
    func looks(name: String) throws {
        for entity in Self.looks {
            let mail = try mail(from: "From: \(name)@people.test", entity, isSigned: false)
            let (opened, verdict) = try bench.judge(mail)
            #expect(opened.signatures.all.isEmpty)
            #expect(verdict == .refuse(.unsigned), "\(verdict)")
        }
    }

    @Test("a signature that names the keys it was written for is for no other list")
    func intendedRecipients() throws {
        let key = bench.directory.file("eve.secret")
        try Data(try eve.secretKey()).write(to: URL(filePath: key))
        let (here, elsewhere) = (bench.directory.file("here"), bench.directory.file("elsewhere"))
        let listKey = try bench.keys.keyring(of: bench.list).publicKey()
        try Data(listKey).write(to: URL(filePath: here))
        let other = try TestKeyring("other")
        try Data(try other.publicKey()).write(to: URL(filePath: elsewhere))
        let entity = Array("Content-Type: text/plain\r\n\r\nwords\r\n".utf8)
        func sealed(to certificate: String) throws -> [UInt8] {
            // gpg 2.2 does not write the subpacket.
            try TestProgram.output(
                [
                    "sq", "encrypt", "--binary", "--compression", "none", "--signer-key", key,
                    "--recipient-cert",
                    certificate,
                ],
                input: entity
            )
        }
        func judge(_ packets: [UInt8]) throws -> (opened: OpenedMessage, verdict: Verdict) {
            let text = String(decoding: bench.message(around: packets), as: UTF8.self)
                .replacing("From: alice <alice@people.test>", with: "From: \(eve.address)")
            return try bench.judge(Array(text.utf8))
        }
        let good = try judge(try sealed(to: here))
        #expect(good.verdict == .accept)
        #expect(
            good.opened.signatures.intendedRecipients.allSatisfy {
                $0.contains(bench.list.fingerprint)
            }
        )
        #expect(good.opened.namesRecipients)
        // The reader of it encrypts what she has opened to this list.
        let inside = try other.gpg(["--unwrap", "--decrypt"], input: try sealed(to: elsewhere))
        let carried = try eve.encrypt(
            inside,
            to: [OpenerBench.listAddress],
            signed: false,
            options: ["--no-literal"]
        )
        let stolen = try judge(carried)
        #expect(stolen.opened.signatures.all.map(\.outcome) == [.good])
        #expect(stolen.verdict == .refuse(.addressedElsewhere), "\(stolen.verdict)")
    }

    @Test("a copy of one list is no post of another, though that knows the first one's key")
    func listOfLists() throws {
        let other = try bench.anotherList(at: "other@lists.test")
        let certificate = { (list: MailingList) in
            try bench.keys.certificates
                .inspect(bench.keys.keyring(of: list).publicKey(), now: Date()).get()
        }
        _ = try bench.store.addSubscriber(
            bench.list.address,
            roles: .nonmember,
            certificate: certificate(bench.list),
            token: StoreSamples.token(8),
            to: other.id,
            now: OpenerBench.now
        )
        let (opened, _) = try bench.judge(bench.message(around: try bench.signedInside("words")))
        let post = try bench.sealer.seal(post: opened, for: bench.list, now: Date())
        let copy = try CopyMaker(list: bench.list, post: post, sealer: bench.sealer).copy(
            for: Delivery(
                id: 1,
                post: 1,
                subscriber: 1,
                recipient: other.address,
                token: nil,
                certificate: certificate(other),
                attempts: 0
            ),
            now: Date()
        ).get().flatMap { Array($0.readableBytesView) }
        let received = try bench.opener.open(ReceivedMessage(bytes: copy), for: other)
        #expect(received.signatures.all.map(\.outcome) == [.good])
        let context = PolicyContext(judging: received, for: other, now: Date()) { _ in false }
        // It was written to the first: else one list's reader could post it to the next.
        let verdict = try Judgement(of: received, as: .post, in: context).verdict
        #expect(verdict == .refuse(.addressedElsewhere), "\(verdict)")
    }

    @Test("what a program shows of a hidden Subject in the text stays as it was signed")
    func legacyDisplay() throws {
        let entity = """
            Content-Type: text/plain; charset=utf-8; hp="cipher"; hp-legacy-display="1"\r
            From: eve@people.test\r
            To: \(OpenerBench.listAddress)\r
            Subject: the true one\r
            HP-Outer: Subject: [...]\r
            \r
            Subject: another one\r
            \r
            words\r

            """
        let (opened, verdict) = try bench.judge(
            try mail(from: "From: eve@people.test", entity)
        )
        #expect(verdict == .accept)
        // RFC 9788 §5.2: those lines are for readers that know nothing of all this.
        #expect(opened.content?.subject == "the true one")
        let text = String(decoding: try #require(opened.content?.entity), as: UTF8.self)
        #expect(text.hasSuffix("\r\n\r\nSubject: another one\r\n\r\nwords\r\n"))
        // By this a reader that does know leaves them out of a copy too.
        #expect(text.contains("hp-legacy-display=\"1\""))
    }
}
