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

    @Test(
        "the queue id is that of the topmost Received field",
        arguments: [
            (
                "Received: by mx.test (Postfix, from userid 0)\r\n\tid 4cXyZ12abc; Tue, 1 Jan\r\n"
                    + "Received: from a by b with SMTP id 0000000\r\n\r\n", "4cXyZ12abc"
            ),
            ("X: y\r\nReceived: by mx.test (Postfix)\r\n\tid A1B2C3D4E5\r\n\r\n", "A1B2C3D4E5"),
            ("Received: by mx.test id\r\n\r\n", nil),
            ("Received: by mx.test id ../../x;\r\n\r\n", nil),
            ("X: y\r\n\r\nReceived: by mx id 4cXyZ12abc", nil),
        ] as [(String, String?)]
    )
    func queueID(text: String, id: String?) {
        #expect(ReceivedMessage(bytes: Array(text.utf8)).queueID == id)
    }
}
