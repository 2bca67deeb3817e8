import MIME
import Testing

@Suite("Transfer encodings") struct TransferEncodingTests {
    private func decode(_ encoding: String, _ body: String, limit: Int = 1000) throws -> [UInt8] {
        let message = try Message(wire("Content-Transfer-Encoding: \(encoding)\n\n" + body))
        return try message.root.decodedBody(limit: limit)
    }

    @Test(
        "a body is decoded by its transfer encoding",
        arguments: [
            ("7BIT", "a=3D\n", "a=3D\r\n"), ("8bit (c)", "a", "a"), ("binary", "a", "a"),
            ("base64", "YWJj\nZGU=\n", "abcde"), ("Base64", "YQ==", "a"), ("base64", "", ""),
            ("quoted-printable", "a=3Db =\n c \t\nd=c3=BC=\n", "a=b  c\r\nd\u{c3}\u{bc}"),
            ("quoted-printable", "=\n=\nx", "x"),
        ]
    )
    func decodes(_ encoding: String, _ body: String, _ expected: String) throws {
        #expect(text(try decode(encoding, body)) == expected)
    }

    @Test(
        "octets that an encoding does not allow are an error and are not skipped",
        arguments: [
            ("base64", "YWJj!", MIMEError.Reason.base64Invalid), ("base64", "YW", .base64Invalid),
            ("base64", "YQ=", .base64Invalid), ("base64", "YQ==YQ==", .base64Invalid),
            ("base64", "YR==", .base64Invalid), ("base64", "Y", .base64Invalid),
            ("base64", "====", .base64Invalid), ("base64", "YWJj====", .base64Invalid),
            ("quoted-printable", "a=3", .quotedPrintableInvalid),
            ("quoted-printable", "a=xy", .quotedPrintableInvalid),
            ("quoted-printable", "a=\u{e4}", .quotedPrintableInvalid),
            ("quoted-printable", "\u{e4}", .quotedPrintableInvalid),
            ("x-uuencode", "a", .transferEncodingUnknown), ("", "a", .transferEncodingUnknown),
            ("7bit 8bit", "a", .transferEncodingUnknown),
        ] as [(String, String, MIMEError.Reason)]
    )
    func refuses(_ encoding: String, _ body: String, _ reason: MIMEError.Reason) {
        let error = #expect(throws: MIMEError.self) { try decode(encoding, body) }
        #expect(error?.reason == reason)
    }

    @Test(
        "the limit counts decoded octets",
        arguments: [("7bit", "abcde"), ("base64", "YWJjZGU="), ("quoted-printable", "=61bcd=65")]
    )
    func limit(_ encoding: String, _ body: String) throws {
        #expect(text(try decode(encoding, body, limit: 5)) == "abcde")
        let error = #expect(throws: MIMEError.self) { try decode(encoding, body, limit: 4) }
        #expect(error?.reason == .bodyTooLarge)
    }

    @Test("text is decoded from its character set, with LF between lines")
    func texts() throws {
        let header = "Content-Transfer-Encoding: quoted-printable\nContent-Type: "
        func decoded(_ type: String, _ body: String) throws -> String? {
            try Message(wire(header + type + "\n\n" + body)).root.decodedText(limit: 100)
        }
        #expect(try decoded("text/plain; charset=ISO-8859-1", "Gr=FC=DFe\n=80\n") == "Grüße\n€\n")
        #expect(try decoded("text/plain", "Gr=C3=BC=C3=9Fe") == "Grüße")
        #expect(try decoded("text/plain", "=FF") == nil)
        #expect(try decoded("text/plain; charset=x-nobody", "a") == nil)
        #expect(try decoded("application/pdf", "a") == nil)
    }
}
