import MIME
import Testing

/// Files that crashed or deceived other parsers.
@Suite("Hostile messages") struct AttackTests {
    @Test(
        "a resource attack is refused, or costs no more than its size",
        arguments: [
            ("boundary-empty", MIMEError.Reason.boundaryInvalid),
            ("crazy-prefix", .boundaryAmbiguous),
            ("g", nil),
            ("hdrs-10000", .tooManyHeaderFields),
            // Its boundaries are `b1` around `b10`, which is refused before the depth is.
            ("nest-100", .boundaryAmbiguous),
            ("nest-1000", .boundaryAmbiguous),
            ("nobody", nil),
            ("nul", .nulInHeader),
            ("parts-10000", .tooManyParts),
            ("rfc822-1000", nil),
            ("to-group-nest", .fieldRepeated),
        ] as [(String, MIMEError.Reason?)]
    )
    func resources(_ name: String, _ reason: MIMEError.Reason?) throws {
        #expect(refusal(try Resource.bytes("mime/\(name).eml")) == reason)
    }

    @Test(
        "a million parts, fields or folds are refused",
        arguments: [
            ("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\n\r\n"),
            (
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
                "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n"
            ),
            ("", "X-A: b\r\n"), ("Subject: ", "x"), ("Subject: x\r\n", " y\r\n"),
        ]
    )
    func million(head: String, repeated: String) {
        // `Benchmarks/hostile` prints the time and compares it with another parser.
        let text = head + String(repeating: repeated, count: 1_000_000) + "\r\n\r\n--b--\r\n"
        #expect(refusal(Array(text.utf8)) != nil)
    }

    @Test("fifty thousand nested address groups are refused")
    func addressGroups() throws {
        let message = try Message(try Resource.bytes("mime/g.eml"))
        let field = try #require(message.root.field(named: "To"))
        #expect(field.value.utf8.count > 99_000)
        #expect(Mailbox.list(field.value) == nil)
    }

    @Test("a thousand nested messages are one leaf")
    func messagesInMessages() throws {
        let message = try Message(try Resource.bytes("mime/rfc822-1000.eml"))
        #expect(message.root.contentType.isType("message", "rfc822"))
        #expect(message.root.selfAndDescendants.count == 1)
    }

    @Test(
        "a line without a colon in a signed header refuses the whole message",
        arguments: ["ATTACK-junk-line-in-signed-headers", "ATTACK-text-before-blank"]
    )
    func smuggledHeaderLine(_ name: String) throws {
        let bytes = try Resource.bytes("gmime-differential/\(name).eml")
        #expect(refusal(bytes) == .fieldWithoutColon)
    }

    @Test("a third part in a multipart/signed makes it malformed")
    func thirdPart() throws {
        let message = try Message(
            try Resource.bytes("gmime-differential/ATTACK-third-child.eml")
        )
        #expect(message.root.children.count == 3)
        guard case .malformed(.partCountWrong) = PGPMIME(message.root, limit: 8192) else {
            Issue.record("taken as PGP/MIME")
            return
        }
    }

    @Test("blanks added after an inner delimiter break the signature")
    func trailingBlanks() throws {
        let entity = try signedEntity("ATTACK-trailing-ws-boundary")
        #expect(
            text(entity.signedBytes)
                == "Content-Type: multipart/mixed; boundary=IN\r\n\r\n--IN  \r\n"
                + "Content-Type: text/plain\r\n\r\na\r\n--IN--  \r\n"
        )
        #expect(try !Tool.isGoodSignature(entity.signature, over: entity.signedBytes))
    }

    private static let good = [
        "8bit-body":
            "Content-Type: text/plain\r\n\r\nGr\u{c3}\u{bc}\u{c3}\u{9f}e\r\n\u{ff}\u{fe}\r\n",
        "bare-lf-in-body": "Content-Type: text/plain\r\n\r\na\nb\r\nc",
        "nested-boundary-trailing-ws": nested
            + "--IN  \r\nContent-Type: text/plain\r\n\r\na\r\n--IN--  \r\n",
        "nested-close-no-newline": nested
            + "--IN\r\nContent-Type: text/plain\r\n\r\na\r\n--IN--",
        "nested-close-two-newline": nested
            + "--IN\r\nContent-Type: text/plain\r\n\r\na\r\n--IN--\r\n\r\n",
        "nested-no-close": nested
            + "--IN\r\nContent-Type: text/plain\r\n\r\na\r\n"
            + "--IN\r\nContent-Type: text/plain\r\n\r\nb\r\n",
        "nested-ok": nested
            + "--IN\r\nContent-Type: text/plain\r\n\r\na\r\n"
            + "--IN\r\nContent-Type: text/plain\r\n\r\nb\r\n--IN--\r\n",
        "nested-preamble-epilogue": nested
            + "preamble\r\n\r\n--IN\r\nContent-Type: text/plain\r\n\r\na\r\n--IN--\r\n"
            + "epilogue\r\n\r\n",
        "odd-header-spacing": "Content-Type:text/plain;charset=utf-8\r\nX-A :  b \r\n"
            + "Content-transfer-ENCODING:   7bit  \r\n\r\nx",
        "plain": "Content-Type: text/plain\r\n\r\nhello\r\nworld",
        "rfc822": "Content-Type: message/rfc822\r\n\r\nFrom: x@y\r\n"
            + "Subject:  two  spaces\r\n\r\nbody\r\n",
    ]
    private static let nested = "Content-Type: multipart/mixed; boundary=IN\r\n\r\n"

    @Test(
        "a valid message with an unusual structure is sliced exactly and verifies",
        arguments: good.keys.sorted()
    )
    func goodShapes(_ name: String) throws {
        let message = try Message(try Resource.bytes("gmime-differential/good-\(name).eml"))
        #expect(message.root.children.count == 2)
        let entity = try signedEntity("good-" + name)
        #expect(text(entity.signedBytes) == Self.good[name])
        #expect(text(entity.content.bytes) == Self.good[name])
        #expect(entity.hashAlgorithmName == "sha256")
        #expect(try Tool.isGoodSignature(entity.signature, over: entity.signedBytes))
    }

    private func signedEntity(_ name: String) throws -> SignedEntity {
        let message = try Message(try Resource.bytes("gmime-differential/\(name).eml"))
        let entity: SignedEntity? =
            if case .signed(let entity) = PGPMIME(message.root, limit: 8192) { entity } else { nil }
        return try #require(entity)
    }
}
