import Testing

@testable import ListServer

@Suite
struct ReceivedMessageTests {
    @Test("the body begins behind the first empty line, in CRLF and in LF")
    func body() {
        for text in ["A: b\r\n\r\nbody\r\n\r\nmore", "A: b\n\nbody\r\n\r\nmore"] {
            let message = ReceivedMessage(bytes: Array(text.utf8))
            #expect(String(decoding: message.body, as: UTF8.self) == "body\r\n\r\nmore")
        }
    }

    @Test("a message of header fields only has an empty body")
    func noBody() {
        #expect(ReceivedMessage(bytes: Array("A: b\r\n".utf8)).body.isEmpty)
        #expect(ReceivedMessage(bytes: []).body.isEmpty)
    }

    @Test(
        "the Message-ID is read from the header alone, unfolded",
        arguments: [
            ("Message-ID: <a@b>\r\n\r\nx", "<a@b>"),
            ("X: y\r\nmessage-id:<a@b>\r\n\r\nx", "<a@b>"),
            ("Message-Id:\r\n <a@b>\r\nX: y\r\n\r\nx", "<a@b>"),
            ("X: y\r\n\r\nMessage-ID: <in@body>", nil),
        ] as [(String, String?)]
    )
    func messageID(text: String, id: String?) {
        #expect(ReceivedMessage(bytes: Array(text.utf8)).messageID == id)
    }
}
