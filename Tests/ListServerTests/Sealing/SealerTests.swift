import Foundation
import GnuPG
import MIME
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

@testable import ListServer

/// What is stored of a post, opened again, beside what everybody sees of a copy.
@Suite struct SealerTests {
    private let bench: OpenerBench
    private let judging: JudgeBench

    init() throws {
        bench = try OpenerBench()
        judging = try JudgeBench(bench)
    }

    private static let subject = "Kingfisher"
    private static let words = "words-of-hers"
    // What programs and hosts write, and a hop that says what it likes.
    private static let header = [
        "Received: from laptop.people.test (canary-host [192.0.2.77])",
        " by canary-relay.people.test with ESMTPS; Fri, 2 Jan 2026 10:00:00 +0000",
        "Keywords: canary-keywords", "Comments: canary-comments",
        "In-Reply-To: <canary-answered@laptop.people.test>",
        "References: <canary-thread@laptop.people.test> <canary-answered@laptop.people.test>",
        "User-Agent: canary-agent/1.0", "X-Originating-IP: [192.0.2.77]",
        "Organization: canary-organization", "Reply-To: canary-reply@people.test",
        "Sender: canary-sender@people.test", "DKIM-Signature: v=1; d=canary-dkim.test; b=AAAA",
        "Authentication-Results: canary-results.test; dmarc=pass",
        "ARC-Seal: i=1; d=canary-arc.test", "List-Id: <canary-list.test>",
        "List-Post: <mailto:canary-post@lists.test>", "Return-Path: <canary-path@people.test>",
    ]

    private var protected: [String] {
        [
            "From: alice <\(bench.alice.address)>", "To: \(OpenerBench.listAddress)",
            "Subject: \(Self.subject)",
        ]
    }

    private struct Sealed {
        let post: SealedPost
        let plaintext: String
        let inside: Part
        let outside: Part
        /// All octets of a copy but its armor.
        let frame: String
    }

    private func seal(protecting fields: [String], below header: [String] = []) throws -> Sealed {
        let entity =
            ["Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\""] + fields
            + ["", Self.words, ""]
        let packets = try bench.alice.encrypt(
            Array(entity.joined(separator: "\r\n").utf8),
            to: [OpenerBench.listAddress]
        )
        let head = Array(header.map { $0 + "\r\n" }.joined().utf8)
        let judgement = judging.judge(head + bench.message(around: packets))
        let post = try #require(judgement.acceptance?.distributed)
        let keyring = bench.keys.keyring(of: bench.list)
        let plaintext = try keyring.open(sealed: post.bytes, limit: 1 << 20).plaintext
        let key = try keyring.publicKey()
        let envelope = OuterHeader(list: bench.list, post: post, key: key)
        let armor = Armor.armor(post.bytes, kind: .message)
        return Sealed(
            post: post,
            plaintext: String(decoding: plaintext, as: UTF8.self),
            inside: try Message(LineEndings.canonical(plaintext)).root,
            outside: try Message(envelope.before + armor + envelope.after).root,
            frame: String(decoding: envelope.before + envelope.after, as: UTF8.self)
        )
    }

    private static func lines(_ fields: [HeaderField]) -> [String] {
        fields.map { "\($0.name): \($0.value)" }.sorted()
    }

    @Test("what is inside protects its header, as the RFC says and as programs did before it")
    func kind() throws {
        let inside = try seal(protecting: protected).inside
        let header = try #require(ProtectedHeader(payload: inside))
        #expect(header.kind == .cipher)
        #expect(inside.contentType.parameter("protected-headers") == "v1")
    }

    // RFC 9788 §2.2.
    @Test("each field that stands outside is named once by HP-Outer, and nothing structural is")
    func outerFields() throws {
        let sealed = try seal(protecting: protected, below: Self.header)
        let header = try #require(ProtectedHeader(payload: sealed.inside))
        let named = Self.lines(header.outerFields)
        let written = OuterHeader.fields(of: sealed.post, from: bench.list)
            .map { "\($0.name): \($0.value)" }.sorted()
        #expect(named == written)
        #expect(Set(header.outerFields.map(\.name)).count == named.count)
        // What cannot be read as a field is left out of the others.
        #expect(sealed.inside.fields(named: "HP-Outer").count == named.count)
        #expect(!header.outerFields.contains { $0.isStructural })
        // Autocrypt alone stands outside only: it proves nothing.
        let seen = sealed.outside.headerFields.filter {
            !$0.isStructural && !$0.isNamed("Autocrypt")
        }
        #expect(Self.lines(seen) == named)
    }

    @Test("what names the mail, the list and the day is the same inside and outside")
    func sameFields() throws {
        let sealed = try seal(protecting: protected, below: Self.header)
        let header = try #require(ProtectedHeader(payload: sealed.inside))
        for name in ["Message-ID", "Date", "To", "List-Id"] {
            let field = try #require(header.field(named: name))
            #expect(sealed.outside.fields(named: name).map(\.value) == [field.value])
        }
        let inside = Mailbox.list(header.field(named: "From")?.value ?? "") ?? []
        let outside = Mailbox.list(sealed.outside.field(named: "From")?.value ?? "") ?? []
        #expect(inside.map(\.address) == [bench.list.address])
        #expect(outside.map(\.address) == [bench.list.address])
        #expect(inside.first?.displayName == "alice@people.test \"alice\"")
    }

    @Test("nothing of an author, her program, her host or her words is outside")
    func secrecy() throws {
        let sealed = try seal(protecting: protected, below: Self.header)
        // Her own header goes on nowhere.
        for word in ["canary", "laptop", "192.0.2.77"] {
            #expect(!sealed.frame.contains(word))
            #expect(!sealed.plaintext.contains(word))
        }
        for word in ["people.test", Self.subject, Self.words] {
            #expect(!sealed.frame.contains(word))
            #expect(sealed.plaintext.contains(word))
        }
        #expect(sealed.outside.field(named: "Subject")?.value == "[...]")
        #expect(
            sealed.inside.field(named: "Subject")?.value == "[alice@people.test] " + Self.subject
        )
        // A thread holds by names of ours, which are for readers alone.
        let answered = try #require(sealed.inside.field(named: "In-Reply-To")).value
        #expect(answered.hasSuffix("@lists.test>"))
        #expect(sealed.outside.field(named: "In-Reply-To") == nil)
    }

    @Test(
        "a copy says which of To and Subject no signature covers",
        arguments: [[], ["To"], ["Subject"], ["To", "Subject"]] as [[String]]
    )
    func metadata(missing: [String]) throws {
        let fields = protected.filter { field in
            !missing.contains { field.hasPrefix("\($0):") }
        }
        let inside = try seal(protecting: fields).inside
        let part = try #require(inside.children.first)
        let text = try #require(try part.decodedText(limit: 1 << 20))
        let lines = text.split(separator: "\n").map(String.init)
        let isUnbound = missing.contains("To")
        #expect(lines.contains("Addressed: to this list, according to the signature") == !isUnbound)
        #expect(
            lines.contains("Addressed: the signature does not say for whom the post was written")
                == isUnbound
        )
        #expect(
            lines.contains("Subject: not covered by the author's signature")
                == missing.contains("Subject")
        )
    }
}

extension Acceptance {
    /// What goes to the subscribers or the owners.
    fileprivate var distributed: SealedPost? {
        if case .distribute(let post, _) = effect { post } else { nil }
    }
}
