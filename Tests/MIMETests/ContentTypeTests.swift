import MIME
import Testing

@Suite("The Content-Type field") struct ContentTypeTests {
    @Test("types and parameters are read in any case, with comments and folds")
    func reads() throws {
        let type = try #require(
            ContentType("Multipart/SIGNED (c(o)m); MicAlg=PGP-sha256;\tprotocol=\"a/\\\"b\" ;")
        )
        #expect(type.isType("multipart", "Signed"))
        #expect(type.parameter("micalg") == "PGP-sha256")
        #expect(type.parameter("PROTOCOL") == "a/\"b")
        #expect(type.parameter("boundary") == nil)
        #expect(type.isWellFormed)
    }

    @Test(
        "a malformed parameter ends the parsing and makes the field not well-formed",
        arguments: [
            "application/pdf; name=Report 1.pdf", "application/pdf; name=a; name=b",
            "application/pdf; name=", "application/pdf; =b", "application/pdf name=b",
            "application/pdf; name=\"b", "application/pdf; name=(b", "application/pdf; name=a@b",
            "application/pdf; name=\"\(String(repeating: "x", count: 3000))\"",
        ]
    )
    func malformed(_ value: String) throws {
        let type = try #require(ContentType(value))
        #expect(type.isType("application", "pdf"))
        #expect(!type.isWellFormed)
    }

    @Test(
        "a value without a readable type gives nil",
        arguments: ["", "text", "text/", "/plain", "\"text\"/plain"]
    )
    func unreadable(_ value: String) {
        #expect(ContentType(value) == nil)
    }

    @Test("a part with an unreadable type, or without one, is plain text")
    func standard() throws {
        let broken = try Message(wire("Content-Type: text\n\nx\n"))
        #expect(broken.root.contentType.isType("text", "plain"))
        #expect(!broken.root.contentType.isWellFormed)
        #expect(try Message(wire("From: a@b\n\nx\n")).root.contentType == .standard)
    }
}
