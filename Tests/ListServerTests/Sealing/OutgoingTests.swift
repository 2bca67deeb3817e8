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

/// Posts that leave as owners want it: without the list's signature, or in clear.
@Suite struct OutgoingTests {
    private let bench: OpenerBench
    private let open = OpenerBench.open

    init() throws { bench = try OpenerBench() }

    private func inside(_ post: SealedPost, isSigned: Bool = true) throws -> Part {
        let opened = try bench.keys.keyring(of: bench.list).open(
            sealed: post.bytes,
            limit: 1 << 20,
            requireSignature: isSigned
        )
        return try Message(LineEndings.canonical(opened.plaintext)).root
    }

    /// A reader who checks what the list has signed.
    private func reader(_ algorithm: TestKeyring.Algorithm = .curve25519) throws -> TestKeyring {
        let reader = try TestKeyring("reader", algorithm: algorithm)
        try reader.learn(try bench.keys.keyring(of: bench.list).publicKey())
        return reader
    }

    private func verify(_ copy: [UInt8], by reader: TestKeyring) throws -> (Part, String) {
        guard case .signed(let signed) = PGPMIME(try Message(copy).root, limit: 1 << 20) else {
            throw SealerError.nothingToSeal
        }
        let scratch = try TemporaryDirectory()
        let files = (
            try scratch.write(signed.signature, to: "sig"),
            try scratch.write(signed.signedBytes, to: "text")
        )
        let status = try reader.gpg(["--status-fd", "1", "--verify", files.0, files.1])
        return (signed.content, String(decoding: status, as: UTF8.self))
    }

    @Test("a copy that the list has not signed is encrypted, and proves nothing to anybody")
    func unsigned() throws {
        let list = try bench.list(with: ["sign_outgoing": "false", "strip_original_sig": "true"])
        let packets = try bench.alice.encrypt(
            bench.encapsulated("words"),
            to: [OpenerBench.listAddress],
            signed: false
        )
        let post = try bench.post(bench.message(around: packets), in: list)
        for algorithm in [TestKeyring.Algorithm.curve25519, .brainpoolP256] {
            let reader = try reader(algorithm)
            let copy = try bench.copy(of: post, for: reader, in: list)
            let opened = try reader.open(bench.packets(in: copy))
            #expect(opened.has("DECRYPTION_OKAY") && !opened.has("NEWSIG"))
            let text = String(decoding: opened.plaintext, as: UTF8.self)
            #expect(text.contains("words") && text.contains("Signature: good"))
            #expect(!text.contains("PGP SIGNATURE"))
        }
        // And with the list's signature, which is there unless owners do without.
        let signed = try bench.post(
            bench.message(around: try bench.signedInside("others")),
            in: bench.list
        )
        let reader = try reader()
        let copy = try bench.copy(of: signed, for: reader, in: bench.list)
        #expect(try reader.open(bench.packets(in: copy)).has("GOODSIG"))
        // What the list says for itself, it signs whatever owners do without.
        let answer = try bench.sealer.seal(
            reportToOwners: AnswerText(.unusableKeys),
            of: list,
            now: OpenerBench.now
        )
        #expect(answer.mac == nil)
        _ = try inside(answer)
    }

    @Test("nobody who can write the store can plant a post where the list signs none")
    func planted() throws {
        let list = try bench.list(with: ["sign_outgoing": "false"])
        let reader = try reader()
        func post(_ text: String) throws -> SealedPost {
            try bench.post(bench.message(around: try bench.signedInside(text)), in: list)
        }
        let (one, other) = (try post("one"), try post("other"))
        let mac = try #require(one.mac)
        let planted = [
            one.sealed(bytes: other.bytes, mac: mac), one.sealed(bytes: one.bytes),
            other.sealed(bytes: one.bytes, mac: mac),
        ]
        for post in planted {
            #expect(throws: CopyError.forged) {
                try bench.copy(of: post, for: reader, in: list)
            }
        }
        _ = try bench.copy(of: one.sealed(bytes: one.bytes, mac: mac), for: reader, in: list)
    }

    @Test("what is kept unsigned goes with the list to its next key, and out of its archive")
    func keptAndBroughtOver() throws {
        try bench.store.update(
            bench.list(with: ["sign_outgoing": "false", "archive": "30"]).settings,
            of: bench.list.id
        )
        let list = try #require(try bench.store.list(bench.list.id))
        let message = bench.message(around: try bench.signedInside("words"))
        #expect(try JudgeBench(bench, list: list).process(message) == .accepted)
        let (fresh, rotated) = try bench.rotate(list)
        #expect(try KeyRetirement(store: bench.store, sealer: bench.sealer).reseal(rotated) == 2)
        let kept = try #require(
            try bench.store.archivedPosts(of: list.id, after: 0, limit: 1).first
        )
        #expect(try fresh.isAddressed(by: kept.post.bytes))
        let reader = try reader()
        let copy = try bench.copy(of: kept.post, for: reader, in: rotated)
        let opened = try reader.open(bench.packets(in: copy))
        #expect(String(decoding: opened.plaintext, as: UTF8.self).contains("words"))
    }

    @Test("what came in clear leaves in clear, signed by the list, around its author's signature")
    func clear() throws {
        let list = try bench.list(
            with: open.merging(["reply_to": "author", "subject_prefix": "[x]"]) { $1 }
        )
        let post = try bench.post(bench.mail(try bench.encapsulated("clear words")), in: list)
        #expect(post.kind == .clearPost && post.mac == nil)
        // In the store it lies as everything does.
        let stored = String(decoding: post.bytes, as: UTF8.self)
        #expect(!stored.contains("clear words") && !stored.contains("alice"))
        let copy = try bench.copy(of: post, for: nil, in: list)
        let reader = try reader()
        let (signed, status) = try verify(copy, by: reader)
        #expect(status.contains("VALIDSIG \(list.fingerprint)"))
        let root = try Message(copy).root
        func fields(_ part: Part, _ name: String) -> [String] {
            part.fields(named: name).map(\.value)
        }
        // Programs that read the outside alone see what those see that read the inside.
        for part in [root, signed] {
            #expect(fields(part, "Subject") == ["[alice@people.test] [x] a subject"])
            let from = Mailbox.list(fields(part, "From").joined()) ?? []
            #expect(from.map(\.displayName) == ["alice@people.test \"alice\""])
            #expect(from.map(\.address.description) == [OpenerBench.listAddress])
            #expect(fields(part, "Reply-To") == [bench.alice.address])
            #expect(fields(part, "References").allSatisfy { $0.hasSuffix("@lists.test>") })
            #expect(fields(part, "References") == fields(part, "In-Reply-To"))
            #expect(fields(part, "List-Id") == ["<\(list.listID)>"])
        }
        #expect(fields(root, "Precedence") == ["list"] && fields(root, "X-Loop").count == 1)
        #expect(signed.contentType.parameter("hp") == "clear")
        let text = String(decoding: try signed.children[0].decodedBody(limit: 9999), as: UTF8.self)
        #expect(text.contains("Encryption: none") && !text.contains("Accepted although"))
        // Hers is whole.
        let hers = try #require(try? Message(Array(signed.children[1].bytes)))
        guard case .signed(let own) = PGPMIME(hers.root, limit: 1 << 20) else {
            Issue.record("no signature of hers")
            return
        }
        let scratch = try TemporaryDirectory()
        let files = (
            try scratch.write(own.signature, to: "sig"),
            try scratch.write(own.signedBytes, to: "text")
        )
        _ = try bench.alice.gpg(["--verify", files.0, files.1])
    }

    @Test("what came encrypted never leaves in clear, whatever owners want")
    func encrypted() throws {
        let list = try bench.list(with: open)
        let message = bench.message(around: try bench.signedInside("secret words"))
        let post = try bench.post(message, in: list)
        #expect(post.kind == .post)
        let reader = try reader()
        let copy = try bench.copy(of: post, for: reader, in: list)
        #expect(!String(decoding: copy, as: UTF8.self).contains("words"))
        // Nor for want of a key.
        #expect(throws: CopyMaker.Refusal.keyUnusable) {
            try bench.copy(of: post, for: nil, in: list)
        }
        // Nor by whoever can write the store; the author's is the only part here.
        let bare = try bench.list(with: open.merging(["metadata": "none"]) { $1 })
        let sealed = try bench.post(
            bench.message(around: try bench.signedInside("more words")),
            in: bare
        )
        for kind in SealedPost.Kind.allCases where kind.isClear {
            let changed = SealedPost(
                identifier: sealed.identifier,
                kind: kind,
                messageID: sealed.messageID,
                date: sealed.date,
                loops: sealed.loops,
                bytes: sealed.bytes
            )
            #expect(throws: CopyError.forged) {
                try bench.copy(of: changed, for: nil, in: bare)
            }
        }
    }

    @Test(
        "under a new key what leaves in clear is signed anew, since the old one may be revoked",
        arguments: [true, false]
    )
    func resigned(isOwed: Bool) throws {
        let settings = open.merging(["archive": "30"]) { $1 }
        try bench.store.update(bench.list(with: settings).settings, of: bench.list.id)
        let list = try #require(try bench.store.list(bench.list.id))
        #expect(
            try JudgeBench(bench, list: list).process(bench.mail(try bench.encapsulated("one")))
                == .accepted
        )
        if !isOwed {
            let due = try bench.store.dueDeliveries(after: 0, now: OpenerBench.now, limit: 9)
            try bench.store.settle(due.map { ($0.id, .delivered) }, now: OpenerBench.now)
        }
        let (fresh, rotated) = try bench.rotate(list)
        // With the announcement.
        let retirement = KeyRetirement(store: bench.store, sealer: bench.sealer)
        #expect(try retirement.reseal(rotated) == 2)
        let reader = try TestKeyring("reader")
        try reader.learn(try fresh.publicKey())
        if isOwed {
            let owed = try #require(
                try bench.store.storedPosts(of: list.id, after: 0, limit: 9)
                    .first { $0.post.kind == .clearPost }
            )
            let copy = try bench.copy(of: owed.post, for: nil, in: rotated)
            let (signed, status) = try verify(copy, by: reader)
            #expect(status.contains("VALIDSIG \(fresh.fingerprint)"))
            #expect(signed.children.count == 2)
        }
        // What is given out of the archive has both signatures by the new one.
        let kept = try #require(
            try bench.store.archivedPosts(of: list.id, after: 0, limit: 9).first
        )
        let copy = try bench.copy(of: kept.post, for: reader, in: rotated)
        let opened = try reader.open(bench.packets(in: copy))
        #expect(opened.has("GOODSIG"))
        let inside = try #require(try Message(opened.plaintext).root.children.first)
        let (_, status) = try verify(Array(inside.bytes), by: reader)
        #expect(status.contains("VALIDSIG \(fresh.fingerprint)"))
    }

    @Test("what somebody makes leave in clear gets no signature by the next key either")
    func plantedKind() throws {
        let list = try bench.list(with: ["metadata": "none"])
        try bench.store.update(list.settings, of: list.id)
        let message = bench.message(around: try bench.signedInside("words"))
        #expect(try JudgeBench(bench, list: list).process(message) == .accepted)
        try TestProgram.output([
            "python3", "-c",
            """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            db.execute("UPDATE post SET kind = 'clear-post'")
            db.commit()
            """, StateDirectory(path: bench.directory.file("s")).database,
        ])
        let (fresh, rotated) = try bench.rotate(list)
        // The announcement alone.
        let retirement = KeyRetirement(store: bench.store, sealer: bench.sealer)
        #expect(try retirement.reseal(rotated) == 1)
        let posts = try bench.store.storedPosts(of: list.id, after: 0, limit: 9).map(\.post)
        let planted = try #require(posts.first { $0.kind == .clearPost })
        #expect(try !fresh.isAddressed(by: planted.bytes))
    }

    @Test("a name that nothing proves stands in no From, and what is in no grammar in no field")
    func unproven() throws {
        let list = try bench.list(with: open.merging(["unsigned_msg_action": "defer"]) { $1 })
        let text =
            "From: The Board <alice@people.test>\r\nTo: list@lists.test\r\nSubject: x\r\n"
            + "References: <grüße@lists.test> <fine@lists.test>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; hp=\"clear\"\r\n\r\nwords\r\n"
        let post = try bench.post(Array(text.utf8), in: list)
        let copy = try bench.copy(of: post, for: nil, in: list)
        let (signed, _) = try verify(copy, by: reader())
        for part in [try Message(copy).root, signed] {
            #expect(part.fields(named: "From").map(\.value) == ["list@lists.test"])
            #expect(part.fields(named: "References").map(\.value) == ["<fine@lists.test>"])
        }
    }

    @Test("what waited for a moderator leaves as it came")
    func held() throws {
        for (isClear, expected) in [(true, SealedPost.Kind.clearPost), (false, .post)] {
            let list = try bench.list(with: open.merging(["emergency": "true"]) { $1 })
            let message =
                isClear
                ? bench.mail(try bench.encapsulated("one"))
                : bench.message(around: try bench.signedInside("two"))
            guard case .accept(let acceptance) = try JudgeBench(bench, list: list).judge(message),
                case .hold(let held, _) = acceptance.effect
            else {
                Issue.record("not held")
                continue
            }
            let moderation = Moderation(
                store: bench.store,
                opener: bench.opener,
                sealer: bench.sealer
            )
            guard
                case .released(let transition) = try moderation.release(
                    held,
                    of: list,
                    now: OpenerBench.now
                ), case .release(_, let post, _) = transition.changes.first
            else {
                Issue.record("not released")
                continue
            }
            #expect(post.kind == expected)
        }
    }

    @Test("eight bits are written anew where nothing signs them, and else sealed, with the reason")
    func eightBits() throws {
        let list = try bench.list(with: open.merging(["unsigned_msg_action": "defer"]) { $1 })
        let plain =
            "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n"
        let post = try bench.post(bench.mail(Array(plain.utf8)), in: list)
        #expect(post.kind == .clearPost)
        let copy = try bench.copy(of: post, for: nil, in: list)
        #expect(copy.allSatisfy { $0 < 0x80 })
        let (signed, _) = try verify(copy, by: reader())
        #expect(try signed.children.last?.decodedText(limit: 99) == "Grüße\n")

        let sealed = try bench.post(bench.mail(try bench.encapsulated("Grüße")), in: list)
        #expect(sealed.kind == .post)
        let text = try inside(sealed).children[0].decodedBody(limit: 9999)
        #expect(String(decoding: text, as: UTF8.self).contains("Sent encrypted: "))
    }

    @Test("what the list keeps of a post in clear is given away encrypted")
    func archived() throws {
        try bench.store.update(
            bench.list(with: open.merging(["archive": "30"]) { $1 }).settings,
            of: bench.list.id
        )
        let list = try #require(try bench.store.list(bench.list.id))
        let message = bench.mail(try bench.encapsulated("clear words"))
        #expect(try JudgeBench(bench, list: list).process(message) == .accepted)
        let reader = try reader()
        let certificate = try bench.keys.certificates.inspect(reader.publicKey(), now: Date())
            .get()
        // What somebody put there is left out, and keeps nothing else from its reader.
        try TestProgram.output([
            "python3", "-c",
            """
            import sqlite3, sys
            db = sqlite3.connect(sys.argv[1])
            db.execute("INSERT INTO archive (list, identifier, message_id, sealed, loops, bytes)"
                " SELECT list, 'z', '<planted@lists.test>', sealed, loops, bytes FROM archive")
            db.execute("UPDATE archive SET id = 100 WHERE identifier <> 'z'")
            db.commit()
            """, StateDirectory(path: bench.directory.file("s")).database,
        ])
        let exporter = ArchiveExporter(store: bench.store, sealer: bench.sealer)
        #expect(try exporter.count(of: list) == 2)
        var count = 0
        let forged = try exporter.forEachCopy(of: list, to: certificate, now: Date()) { _, copy in
            count += 1
            let opened = try reader.open(bench.packets(in: copy))
            #expect(opened.has("GOODSIG"))
            #expect(String(decoding: opened.plaintext, as: UTF8.self).contains("clear words"))
        }
        #expect(count == 1 && forged == ["<planted@lists.test>"])
    }
}
