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

/// Posts that go on as their authors have signed and encrypted them.
@Suite struct OriginalSignatureTests {
    private let bench: OpenerBench
    private let list: MailingList

    init() throws {
        bench = try OpenerBench()
        list = try Self.preserving(bench.list)
        try bench.store.update(list.settings, of: list.id)
    }

    private static func preserving(
        _ list: MailingList,
        _ others: [String: String] = [:]
    ) throws -> MailingList {
        var list = list
        let settings = [
            "original_domains": "people.test", "from": "original", "metadata": "none",
            "preserve_original_sig": "true",
        ]
        for (name, value) in settings.merging(others, uniquingKeysWith: { $1 }) {
            #expect(ListSettings.named(name)?.set(&list.settings, value) == true, "\(name)")
        }
        return list
    }

    private func post(_ message: [UInt8], list: MailingList? = nil) throws -> SealedPost {
        try bench.post(message, in: list ?? self.list)
    }

    private func copy(of post: SealedPost, for reader: TestKeyring) throws -> [UInt8] {
        try bench.copy(of: post, for: reader, in: list)
    }

    private func packets(in copy: [UInt8]) throws -> [UInt8] { try bench.packets(in: copy) }

    private func encrypted(_ packets: [UInt8]) throws -> ArraySlice<UInt8> {
        packets[try EncryptedMessageScan(packets).encryptedRange]
    }

    @Test("a copy is what its author has signed and encrypted, octet by octet")
    func octets() throws {
        let reader = try TestKeyring("reader")
        try reader.learn(try bench.alice.publicKey())
        let original = try bench.signedInside("words")
        let post = try post(bench.message(around: original))
        let copy = try copy(of: post, for: reader)
        let packets = try packets(in: copy)
        #expect(try encrypted(packets) == encrypted(original))
        let opened = try reader.open(packets)
        #expect(opened.has("GOODSIG"))
        #expect(opened.status.contains { $0.hasPrefix("VALIDSIG \(bench.alice.fingerprint)") })
        // Her signature alone, and the list's nowhere.
        #expect(opened.status.count { $0.hasPrefix("NEWSIG") } == 1)
        let scan = try EncryptedMessageScan(packets)
        #expect(scan.recipients.count == 1)
        let root = try Message(copy).root
        func outside(_ name: String) -> [String] { root.fields(named: name).map(\.value) }
        #expect(outside("From") == [bench.alice.address])
        #expect(outside("Sender") == [OpenerBench.listAddress])
        #expect(outside("Subject") == ["[...]"])
        #expect(outside("Date") == [MessageDate.format(OpenerBench.now)])
        #expect(outside("List-Id") == ["<list.lists.test>"])
        // That field is the sender's, and the list is not.
        #expect(outside("Autocrypt").isEmpty)
        // What the store has is for the list's key alone.
        let stored = try EncryptedMessageScan(post.bytes)
        #expect(stored.recipients.count == 1)
    }

    @Test("a key that no copy can be written for here gets the same signature by the engine")
    func rewrapped() throws {
        let reader = try TestKeyring("reader", algorithm: .brainpoolP256)
        try reader.learn(try bench.alice.publicKey())
        let post = try post(bench.message(around: try bench.signedInside("words")))
        let opened = try reader.open(packets(in: copy(of: post, for: reader)))
        #expect(opened.status.contains { $0.hasPrefix("VALIDSIG \(bench.alice.fingerprint)") })
    }

    /// What a post can be like that is not given on as it is.
    private enum Other: CaseIterable {
        case otherDomain, encapsulated, unprotectedDate, twice, hidden, gossip, resent, held
    }

    private func message(_ other: Other) throws -> [UInt8] {
        let to = [OpenerBench.listAddress]
        let entity =
            "Content-Type: text/plain; protected-headers=v1\r\nFrom: alice@people.test\r\n"
            + "To: \(OpenerBench.listAddress)\r\n"
        switch other {
        case .otherDomain, .held: return bench.message(around: try bench.signedInside("words"))
        case .encapsulated:
            let inside = try bench.encapsulated("words")
            return bench.message(around: try bench.alice.encrypt(inside, to: to, signed: false))
        case .unprotectedDate:
            let message = bench.message(around: try bench.signedInside("words"))
            let late = MessageDate.format(OpenerBench.now.addingTimeInterval(-7200))
            let text = String(decoding: message, as: UTF8.self)
                .replacing("Date: \(MessageDate.format(OpenerBench.now))", with: "Date: \(late)")
            return Array(text.utf8)
        case .twice:
            let packets = try bench.signedInside("words")
            let scan = try EncryptedMessageScan(packets)
            return bench.message(around: packets.prefix(scan.encryptedRange.lowerBound) + packets)
        case .hidden:
            let inside = Array((entity + "\r\nwords\r\n").utf8)
            return bench.message(
                around: try bench.alice.encrypt(inside, to: to, options: ["--throw-keyids"])
            )
        case .gossip:
            let inside =
                entity + "Autocrypt-Gossip: addr=bob@people.test; keydata=AAAA\r\n\r\nw\r\n"
            return bench.message(around: try bench.alice.encrypt(Array(inside.utf8), to: to))
        case .resent:
            let text = "X-Resend: rita@press.test\r\n\r\nwords"
            return bench.message(around: try bench.signedInside(text))
        }
    }

    @Test(
        "what cannot go on as it is is sealed as ever, and says why",
        arguments: [
            ("otherDomain", "for the author's domain"),
            ("encapsulated", "one signature over all of it"),
            ("unprotectedDate", "time of its signature"), ("twice", "one signature over all of it"),
            ("hidden", "one signature over all of it"), ("gossip", "keys of other people"),
            ("resent", "remarks on the post"), ("held", "remarks on the post"),
        ]
    )
    func sealed(kind: String, reason: String) throws {
        let other = try #require(Other.allCases.first { "\($0)" == kind })
        let settings: [String: String] =
            switch other {
            case .otherDomain: ["original_domains": "elsewhere.test"]
            case .resent: ["resend_allowed": "subscriber"]
            default: [:]
            }
        let list = try Self.preserving(bench.list, settings)
        let message = try message(other)
        let post: SealedPost
        if other == .held {
            let (opened, _) = try bench.judge(message)
            post = try bench.sealer.seal(
                post: opened,
                overlooked: [.moderated],
                for: list,
                now: OpenerBench.now
            )
        } else {
            post = try self.post(message, list: list)
        }
        #expect(post.mac == nil)
        let opened = try bench.keys.keyring(of: list).open(sealed: post.bytes, limit: 1 << 20)
        let text = String(decoding: opened.plaintext, as: UTF8.self)
            .replacing("=\r\n", with: "")
        #expect(text.contains("Author's signature not kept: "), "\(text)")
        #expect(text.contains(reason), "\(text)")
    }

    @Test("a signature that names the list's key as its reader is not shown to others")
    func intendedRecipients() throws {
        let files = (bench.directory.file("alice.secret"), bench.directory.file("list.key"))
        try Data(bench.alice.secretKey()).write(to: URL(filePath: files.0))
        try Data(bench.keys.keyring(of: list).publicKey()).write(to: URL(filePath: files.1))
        let packets = try TestProgram.output(
            [
                "sq", "encrypt", "--binary", "--compression", "none", "--signer-key", files.0,
                "--recipient-cert", files.1,
            ],
            input: Array("Content-Type: text/plain\r\n\r\nwords\r\n".utf8)
        )
        let post = try post(bench.message(around: packets))
        #expect(post.mac == nil)
    }

    @Test("an author stands in From of what the list has sealed, if her domain is the host's")
    func from() throws {
        for (domain, address) in [
            ("people.test", bench.alice.address), ("elsewhere.test", OpenerBench.listAddress),
        ] {
            let list = try Self.preserving(
                bench.list,
                ["preserve_original_sig": "false", "original_domains": domain]
            )
            let post = try post(bench.message(around: try bench.signedInside(domain)), list: list)
            let opened = try bench.keys.keyring(of: list).open(sealed: post.bytes, limit: 1 << 20)
            let inside = try Message(LineEndings.canonical(opened.plaintext)).root
            let envelope = OuterHeader(list: list, post: post, key: nil)
            let outside = try Message(
                envelope.before + Armor.armor(post.bytes, kind: .message) + envelope.after
            ).root
            for root in [inside, outside] {
                let from = root.field(named: "From").flatMap { Mailbox.list($0.value) }
                #expect(from?.map(\.address.description) == [address])
            }
            // Her name is not for the way.
            #expect(outside.field(named: "From")?.value == address)
        }
    }

    @Test("nobody who can write the store can have another post sent in an author's name")
    func planted() throws {
        let reader = try TestKeyring("reader")
        let post = try post(bench.message(around: try bench.signedInside("words")))
        let other = try bench.signedInside("other words")
        func variant(
            identifier: String? = nil,
            kind: SealedPost.Kind? = nil,
            date: Date? = nil,
            author: EmailAddress? = nil,
            loops: [String]? = nil,
            mac: [UInt8]?,
            bytes: [UInt8]? = nil
        ) -> SealedPost {
            var variant = SealedPost(
                identifier: identifier ?? post.identifier,
                kind: kind ?? post.kind,
                messageID: post.messageID,
                date: date ?? post.date,
                loops: loops ?? post.loops,
                bytes: bytes ?? post.bytes
            )
            variant.author = author ?? post.author
            variant.mac = mac
            return variant
        }
        _ = try copy(of: variant(mac: post.mac), for: reader)
        let planted = [
            variant(mac: post.mac, bytes: other),
            variant(mac: nil),
            variant(mac: [UInt8](repeating: 0, count: 32)),
            variant(identifier: "aaaa", mac: post.mac),
            variant(date: OpenerBench.now.addingTimeInterval(99), mac: post.mac),
            variant(author: try StoreSamples.address("eve@people.test"), mac: post.mac),
            variant(loops: [], mac: post.mac),
            variant(kind: .ownerMail, mac: post.mac),
            variant(mac: post.mac, bytes: [0xd2, 1, 2]),
        ]
        for post in planted {
            #expect(throws: CopyError.forged) { try copy(of: post, for: reader) }
        }
        // Nor in another list's.
        #expect(bench.sealer.mac(ofUnsigned: post, in: list.id + 1) != post.mac)
        // Nor another's name on what the list has sealed for her.
        let named = try Self.preserving(bench.list, ["preserve_original_sig": "false"])
        let sealed = try self.post(
            bench.message(around: try bench.signedInside("sealed")),
            list: named
        )
        #expect(sealed.mac == nil && sealed.author != nil)
        func renamed(to author: String) throws -> SealedPost {
            var renamed = sealed
            renamed.author = try StoreSamples.address(author)
            return renamed
        }
        _ = try copy(of: renamed(to: bench.alice.address), for: reader)
        #expect(throws: CopyError.forged) {
            try copy(of: renamed(to: "eve@people.test"), for: reader)
        }
    }

    @Test("of a post to the key before and to the one in force the latter's half is kept")
    func twoKeys() throws {
        let state = StateDirectory(path: bench.directory.file("s"))
        let fresh = try ListKeyring.create(
            home: state.keyHome(of: list.id, key: 1),
            engine: bench.keys.engine,
            userIDs: ["<new@lists.test>"]
        )
        try bench.alice.learn(try fresh.publicKey())
        let rotated = list.replacing(
            key: fresh.fingerprint,
            opensMail: true,
            until: OpenerBench.now.addingTimeInterval(1000)
        )
        let entity =
            "Content-Type: text/plain; protected-headers=v1\r\nFrom: alice@people.test\r\n"
            + "To: \(OpenerBench.listAddress)\r\n\r\n"
        func post(_ text: String, to keys: [String]) throws -> SealedPost {
            let packets = try bench.alice.encrypt(Array((entity + text).utf8), to: keys)
            return try self.post(bench.message(around: packets), list: rotated)
        }
        let both = try post("both\r\n", to: [OpenerBench.listAddress, "new@lists.test"])
        #expect(try both.mac != nil && fresh.isAddressed(by: both.bytes))
        #expect(try EncryptedMessageScan(both.bytes).recipients.count == 1)
        // What the old one alone opens is sealed to the new one.
        let old = try post("old\r\n", to: [OpenerBench.listAddress])
        #expect(try old.mac == nil && fresh.isAddressed(by: old.bytes))
    }

    @Test("what a list keeps is given on, and brought over to another key, as it was signed")
    func keptAndBroughtOver() throws {
        let reader = try TestKeyring("reader")
        try reader.learn(try bench.alice.publicKey())
        let settings = try Self.preserving(bench.list, ["archive": "30"]).settings
        try bench.store.update(settings, of: list.id)
        let keeping = try #require(try bench.store.list(list.id))
        let original = try bench.signedInside("words")
        let message = bench.message(around: original)
        #expect(try JudgeBench(bench, list: keeping).process(message) == .accepted)
        let (fresh, rotated) = try bench.rotate(keeping)
        let certificate = try bench.keys.certificates.inspect(reader.publicKey(), now: Date())
            .get()
        func check() throws {
            let exporter = ArchiveExporter(store: bench.store, sealer: bench.sealer)
            #expect(try exporter.count(of: rotated) == 1)
            let forged = try exporter.forEachCopy(of: rotated, to: certificate, now: Date()) {
                _,
                octets in
                let packets = try packets(in: octets)
                #expect(try encrypted(packets) == encrypted(original))
                #expect(try reader.open(packets).has("GOODSIG"))
            }
            #expect(forged.isEmpty)
        }
        try check()
        #expect(try KeyRetirement(store: bench.store, sealer: bench.sealer).reseal(rotated) == 2)
        let kept = try bench.store.archivedPosts(of: list.id, after: 0, limit: 1)
        #expect(try fresh.isAddressed(by: try #require(kept.first).post.bytes))
        try check()
    }
}
