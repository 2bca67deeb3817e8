import Foundation
import Testing

/// What the gate says of mail that is nearly a post.
@Suite(.serialized)
struct GateTests {
    private static let entity = "Content-Type: text/plain\r\n\r\nSECRET words\r\n"

    @Test("inline PGP is cleartext, unless the list takes it: one block, and nothing around it")
    func inline() throws {
        let bench = try CorpusBench()
        let text = "text/plain; charset=utf-8"
        let block = try bench.signed("SECRET wörds\r\n")
        let post = bench.message(text, block)
        #expect(try bench.explain(post)["refusal"] as? String == "inline")
        #expect(bench.lastOutput.contains("inline_pgp_action"))
        try bench.set("inline_pgp_action", "defer")
        #expect(try bench.explain(post)["verdict"] as? String == "accept", "\(bench.lastOutput)")
        #expect(!bench.lastOutput.contains("SECRET"))

        let unsigned = block.replacing("BEGIN PGP MESSAGE", with: "BEGIN PGP SIGNED MESSAGE")
        let rows: [(String, String)] = [
            ("see below\r\n" + block, "notEncrypted"), (unsigned, "notEncrypted"),
            (block + "signed, honestly\r\n", "notDecryptable"),
            (block + block, "notDecryptable"),
            (try bench.signed("a colour \u{9b}31mSECRET"), "malformedInside"),
            // A mail to somebody else, as a text: its To would not be read.
            (
                try bench.signed(
                    "Content-Type: text/plain; hp=\"cipher\"\r\nFrom: alice@example.org\r\n"
                        + "To: bob@example.org\r\n\r\nSECRET\r\n"
                ), "malformedInside"
            ),
            (try bench.signed("a page\u{0c}SECRET"), "malformedInside"),
            (try bench.signed("a colour \u{1b}[31mSECRET"), "malformedInside"),
        ]
        for (body, refusal) in rows {
            let answer = try bench.explain(bench.message(text, body))
            #expect(answer["refusal"] as? String == refusal, "\(bench.lastOutput)")
        }
        let html = try bench.explain(bench.message("text/html", block))
        #expect(html["refusal"] as? String == "notEncrypted")
    }

    @Test("header fields inside authorise, and those outside never do")
    func headerProtection() throws {
        let bench = try CorpusBench()
        let rows: [(String, String?)] = [
            ("hp=\"cipher\"\r\nFrom: alice@example.org\r\nTo: list@example.org", nil),
            ("hp=\"cipher\"\r\nFrom: Alice <bob@example.org>", "fromMismatch"),
            ("hp=\"clear\"\r\nSubject: nobody wrote this", "fromMismatch"),
            ("protected-headers=\"v1\"\r\nFrom: bob@example.org", "fromMismatch"),
            ("protected-headers=\"v1\"\r\nSubject: the old form", nil),
            (
                "protected-headers=\"v1\"\r\nDate: \(CorpusBench.date(in: -3 * 86_400))",
                "staleSignature"
            ),
            ("protected-headers=\"v1\"\r\nDate: \(CorpusBench.date(in: -3600))", nil),
            ("protected-headers=\"v1\"\r\nTo: Bob @ Work <bob@example.org>", "addressedElsewhere"),
            ("protected-headers=\"v1\"\r\nTo: undisclosed-recipients:;", nil),
            // Not the root of what was signed: a quotation.
            ("x=y\r\nFrom: bob@example.org", nil),
        ]
        for (fields, refusal) in rows {
            let entity = "Content-Type: text/plain; \(fields)\r\n\r\nwords\r\n"
            let answer = try bench.explain(bench.encrypted(try bench.signed(entity)))
            #expect(answer["refusal"] as? String == refusal, "\(fields): \(bench.lastOutput)")
        }
    }

    @Test("a list can refuse what does not say for whom it was written")
    func unbound() throws {
        let bench = try CorpusBench()
        let bound =
            "Content-Type: text/plain; protected-headers=\"v1\"\r\nTo: list@example.org"
            + "\r\n\r\nwords\r\n"
        try bench.set("unbound_post_action", "refuse")
        let refused = try bench.explain(bench.encrypted(try bench.signed(Self.entity)))
        #expect(refused["refusal"] as? String == "addressedElsewhere")
        let taken = try bench.explain(bench.encrypted(try bench.signed(bound)))
        #expect(taken["verdict"] as? String == "accept")
    }

    @Test("a multipart/signed inside counts only as the whole, with exactly two parts")
    func encapsulated() throws {
        let bench = try CorpusBench()
        let signature = try bench.signature(over: Self.entity.trimmed)
        func part(_ type: String, _ body: String) -> String {
            "--s\r\nContent-Type: \(type)\r\n\r\n\(body)\r\n"
        }
        let head =
            "Content-Type: multipart/signed; boundary=s; micalg=pgp-sha256;"
            + " protocol=\"application/pgp-signature\"\r\n\r\n"
        let first = "--s\r\n\(Self.entity.trimmed)\r\n"
        let second = part("application/pgp-signature", signature)
        let good = head + first + second + "--s--\r\n"
        let forwarded = "Content-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\n" + good
        let rows: [(String, String?)] = [
            (good, nil),
            (head + first + "--s--\r\n", "malformedInside"),
            (head + first + second + part("text/plain", "more") + "--s--\r\n", "malformedInside"),
            (head + first + second, "malformedInside"),
            (
                head + first.replacing("SECRET", with: "PUBLIC") + second + "--s--\r\n",
                "invalidSignature"
            ),
            // One byte above the signed part, which some programs take for a header.
            (
                head + "--s\r\nsmuggled\r\n" + first.dropFirst(5) + second + "--s--\r\n",
                "malformedInside"
            ),
            (forwarded, "unsigned"),
            (
                "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n" + good
                    + "--m\r\nContent-Type: text/plain\r\n\r\nmore\r\n--m--\r\n", "unsigned"
            ),
        ]
        for (inside, refusal) in rows {
            let post = bench.encrypted(try bench.encryptedOnly(inside))
            let answer = try bench.explain(post)
            #expect(answer["refusal"] as? String == refusal, "\(inside) \(bench.lastOutput)")
        }
    }

    @Test("ciphertext below the top level is never opened")
    func bait() throws {
        let bench = try CorpusBench()
        let block = try bench.signed(Self.entity)
        let encrypted = String(decoding: bench.encrypted(block), as: UTF8.self)
        let part = try #require(encrypted.firstRange(of: "Content-Type: multipart/encrypted"))
        let bait =
            "--m\r\nContent-Type: text/html\r\n\r\n<img src=\"http://evil.example/\r\n--m\r\n"
            + encrypted[part.lowerBound...] + "\r\n--m--\r\n"
        let answer = try bench.explain(bench.message("multipart/mixed; boundary=m", bait))
        #expect(answer["refusal"] as? String == "notEncrypted", "\(bench.lastOutput)")
        #expect(!bench.lastOutput.contains("SECRET"))
    }

    @Test("a copy has gpg's text of an inline post, and of a protected header nothing from outside")
    func copies() throws {
        let bed = try TestBed()
        try bed.host.listseal(["list", "set", bed.list, "inline_pgp_action", "defer"])
        let block = try bed.anne.gpg(
            ["--armor", "--recipient", bed.list, "--sign", "--encrypt"],
            input: Array("canary-inlined\r\n".utf8)
        ).output
        let post = bed.anne.cleartext(to: bed.list, subject: "outside", text: block)
        #expect(try bed.send(post, from: bed.anne).reply.hasPrefix("250 2.0.0 Ok"))
        try bed.expectCopies(1, containing: "canary-inlined")
        let entity =
            "Content-Type: text/plain; hp=\"cipher\"\r\nFrom: Anne <\(bed.anne.address)>\r\n"
            + "To: \(bed.list)\r\n\r\ncanary-without-subject\r\n"
        let protected = try bed.anne.post(to: bed.list, text: "", entity: entity)
        let forged = String(decoding: protected, as: UTF8.self)
            .replacing("Subject: [...]", with: "Subject: forged-outside")
            .replacing("From: anne <", with: "From: Somebody Else <")
        #expect(try bed.send(Array(forged.utf8), from: bed.anne).reply.hasPrefix("250 2.0.0 Ok"))
        try bed.expectCopies(2, containing: "canary-without-subject")
        let texts = try bed.host.inbox(bed.bela.address).map { try bed.bela.open($0).text }
        #expect(!texts.contains { $0.contains("forged-outside") || $0.contains("Somebody Else") })
    }
}

extension String {
    /// Without the last line break, which belongs to the boundary.
    fileprivate var trimmed: String { hasSuffix("\r\n") ? String(dropLast()) : self }
}
