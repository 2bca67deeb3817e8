import SMTP
import Testing

@testable import LMTP

@Suite("XFORWARD")
struct XForwardTests {
    private static let transaction = "MAIL FROM:<>\r\nRCPT TO:<a@x>\r\nDATA\r\n.\r\n"

    @Test("Attributes are decoded, and what is unavailable is nil")
    func attributes() {
        let dialogue = LMTPDialogue()
        let replies = dialogue.send(
            "LHLO x\r\nXFORWARD NAME=mail+2Bx.example ADDR=IPv6:2001:db8::7 PORT=4711\r\n"
                + "xforward PROTO=ESMTP HELO=[UNAVAILABLE] IDENT=4Xy1 SOURCE=REMOTE\r\n"
                + Self.transaction
        )
        #expect(replies.map(\.code) == [250, 250, 250, 250, 250, 354, 250])
        var expected = LMTPClient()
        expected.name = "mail+x.example"
        expected.address = "2001:db8::7"
        expected.port = 4711
        expected.protocolName = "ESMTP"
        expected.queueID = "4Xy1"
        expected.source = .remote
        #expect(dialogue.messages.map(\.client) == [expected])
    }

    @Test("Attributes of one message do not apply to the next", arguments: ["", "RSET\r\n"])
    func forgotten(_ between: String) {
        let dialogue = LMTPDialogue()
        _ = dialogue.send("LHLO x\r\nXFORWARD ADDR=192.0.2.7\r\n")
        _ = dialogue.send(between.isEmpty ? Self.transaction : between)
        _ = dialogue.send(Self.transaction)
        #expect(dialogue.messages.last?.client == LMTPClient())
    }

    @Test("Attributes of a refused MAIL do not apply to the next message")
    func forgottenWithRefusal() {
        let dialogue = LMTPDialogue()
        _ = dialogue.send("LHLO x\r\nXFORWARD ADDR=192.0.2.7\r\nMAIL FROM:<> AUTH=<>\r\n")
        _ = dialogue.send(Self.transaction)
        #expect(dialogue.messages.map(\.client) == [LMTPClient()])
    }

    @Test(
        "An invalid value is refused, and does not count as missing",
        arguments: [
            "ADDR=nonsense", "ADDR=", "ADDR", "ADDR=192.0.2.999", "ADDR=192.0.2.7+",
            "PORT=70000", "PORT=x", "SOURCE=ELSEWHERE", "LOGIN=anne", "NAME=a+0Db", "NAME=a+zz",
            "NAME=+FF", "NAME=" + String(repeating: "x", count: 256), "",
        ]
    )
    func refused(_ attributes: String) {
        let dialogue = LMTPDialogue()
        let replies = dialogue.send(
            "LHLO x\r\nXFORWARD ADDR=192.0.2.7\r\nXFORWARD \(attributes)\r\n" + Self.transaction
        )
        #expect(replies.map(\.code) == [250, 250, 501, 250, 250, 354, 250])
        #expect(dialogue.messages.map(\.client.address) == ["192.0.2.7"])
    }

    @Test("Decoding reverses the xtext encoding", arguments: ["a+b=c", "t\u{e4}st", "", "a b"])
    func text(_ text: String) {
        #expect(XText.decode(XText.encode(text)) == text)
    }

    @Test("An international address keeps ASCII characters and encodes all others")
    func international() {
        #expect(XText.encodeInternational("t\u{e4}+a\\@b") == "t\\x{E4}\\x{2B}a\\x{5C}@b")
    }
}
