import NIOCore
import SMTP
import Testing

@testable import LMTP
@testable import Submission

@Suite("Dot-stuffing")
struct DotStuffingTests {
    private func content(_ parts: [String]) throws -> [ByteBuffer] {
        let recipient = try #require(EmailAddress("a@b"))
        return DotStuffing.content(
            of: SubmissionMessage(
                id: 1,
                reversePath: .null,
                recipient: recipient,
                envelopeID: "",
                parts: parts.map { ByteBuffer(string: $0) }
            )
        )
    }

    @Test(
        "A dot at a line start is doubled, however the message is split",
        arguments: [
            ([], ".\r\n"),
            ([""], ".\r\n"),
            (["a\r\n"], "a\r\n.\r\n"),
            (["a"], "a\r\n.\r\n"),
            (["a\r"], "a\r\r\n.\r\n"),
            (["a\r", "\n"], "a\r\n.\r\n"),
            ([".\r\n"], "..\r\n.\r\n"),
            (["a.b\r\n.c\r\n..\r\n"], "a.b\r\n..c\r\n...\r\n.\r\n"),
            (["a\r\n", ".", "\r\n"], "a\r\n..\r\n.\r\n"),
            (["a\r\n", "", ".", "", ".\r\n"], "a\r\n...\r\n.\r\n"),
            (["a", ".\r\n"], "a.\r\n.\r\n"),
            (["a\n.\r\nb\r\n"], "a\n..\r\nb\r\n.\r\n"),
        ]
    )
    func stuffing(_ parts: [String], _ expected: String) throws {
        let text = try content(parts).map { String(buffer: $0) }.joined()
        #expect(text == expected)
    }

    @Test("The LMTP reader restores a dot-stuffed message")
    func roundTrip() throws {
        let text = ".\r\n..a\r\n\r\n.b.\r\nc.\n.d\r\n.\r\n"
        var wire = ByteBuffer()
        for var part in try content([text]) { wire.writeBuffer(&part) }
        var reader = MessageDataReader(limit: 1000)
        let hasEnded = reader.read(&wire)
        #expect(hasEnded)
        // The dot after a bare LF is doubled for servers that end the message there.
        #expect(
            String(decoding: reader.bytes, as: UTF8.self)
                == ".\r\n..a\r\n\r\n.b.\r\nc.\n..d\r\n.\r\n"
        )
    }

    @Test("Parts without a dot at a line start are not split")
    func shared() throws {
        #expect(try content(["a\r\n", "b.c\r\n"]).count == 3)
    }
}
