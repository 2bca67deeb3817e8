import MIME
import Testing

@Suite("Protected headers") struct ProtectedHeaderTests {
    private func read(_ source: String) throws -> ProtectedHeader? {
        ProtectedHeader(payload: try Message(wire(source)).root)
    }

    @Test(
        "the root of a payload declares its kind of protected header",
        arguments: [
            ("hp=\"cipher\"", ProtectedHeader.Kind.cipher), ("HP=clear", .clear),
            ("protected-headers=\"v1\"", .legacy), ("hp=\"cipher\"; protected-headers=v1", .cipher),
        ]
    )
    func kinds(_ parameters: String, _ kind: ProtectedHeader.Kind) throws {
        let header = try #require(
            try read("From: a@b\nSubject: s\nContent-Type: text/plain; \(parameters)\n\nx\n")
        )
        #expect(header.kind == kind)
        #expect(header.fields.map(\.name) == ["From", "Subject"])
        #expect(header.field(named: "subject")?.value == "s")
    }

    @Test("HP-Outer gives the outer fields and is not a protected field itself")
    func outer() throws {
        let header = try #require(
            try read(
                """
                MIME-Version: 1.0
                Subject: real
                HP-Outer: Subject: [...]
                HP-Outer: From: a@b
                HP-Outer: nonsense
                Content-Type: text/plain; hp="cipher"

                x
                """
            )
        )
        #expect(header.fields.map(\.name) == ["Subject"])
        #expect(
            header.outerFields.map { $0.name + "=" + $0.value } == ["Subject=[...]", "From=a@b"]
        )
    }

    @Test("the oldest form has the protected fields in the first part")
    func firstPart() throws {
        let source = """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/rfc822-headers; protected-headers="v1"

            Subject: real
            From: a@b
            --b

            x
            --b--
            """
        let header = try #require(try read(source))
        #expect(header.kind == .legacy)
        #expect(header.field(named: "Subject")?.value == "real")
        #expect(try read(source.replacing("text/rfc822-headers", with: "text/plain")) == nil)
    }

    @Test(
        "a payload without a valid declaration has no protected header",
        arguments: [
            "Subject: s\nContent-Type: text/plain\n\nx",
            "Subject: s\nContent-Type: text/plain; hp=\"none\"\n\nx",
            "Subject: s\nContent-Type: text/plain; hp=cipher; hp=clear\n\nx",
            "Subject: s\nContent-Type: text/plain; protected-headers=v2\n\nx",
            "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nSubject: t\n"
                + "Content-Type: text/plain; hp=\"cipher\"\n\nx\n--b--\n",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b\n"
                + "Content-Type: text/rfc822-headers; protected-headers=v1\n\nSubject: t\n--b--\n",
        ]
    )
    func misplaced(_ source: String) throws {
        #expect(try read(source) == nil)
    }
}
