import SMTP
import Testing

@Suite("SMTP replies")
struct SMTPReplyTests {
    private static let refusal = SMTPReply(550, EnhancedStatusCode(5, 7, 1), "No", "Never")

    @Test("A reply has a hyphen on all lines but the last, and can be parsed again")
    func wire() {
        let lines = ["550-5.7.1 No", "550 5.7.1 Never"]
        #expect(Self.refusal.wireLines == lines)
        #expect(SMTPReply(wireLines: lines) == Self.refusal)
        #expect(SMTPReply(wireLines: ["250"])?.code == 250)
        #expect(SMTPReply(wireLines: ["354 go on"])?.enhanced == nil)
    }

    @Test(
        "A line without a three-digit code is not a reply",
        arguments: [[], [""], ["25"], ["99 x"], ["999 x"]]
    )
    func unreadable(_ lines: [String]) {
        #expect(SMTPReply(wireLines: lines) == nil)
    }

    @Test("No text can split a reply into two")
    func harmless() {
        let reply = SMTPReply(451, nil, "a\r\n250 b\u{0}\u{e9}", String(repeating: "x", count: 999))
        #expect(reply.lines == ["a??250 b??", String(repeating: "x", count: 400)])
        #expect(SMTPReply(code: 451, enhanced: nil, lines: []).wireLines == ["451 "])
        let many = SMTPReply(code: 451, enhanced: nil, lines: Array(repeating: "x", count: 99))
        #expect(many.lines.count == SMTPReply.maximumLines)
    }

    @Test("A reference is added to the end of the last line")
    func reference() {
        #expect(Self.refusal.withReference("4abc").lines == ["No", "Never (ref 4abc)"])
        #expect(Self.refusal.withReference("") == Self.refusal)
    }

    @Test(
        "The code decides whether a reply is a success, or permanent",
        arguments: [250, 354, 421, 451, 500, 550]
    )
    func kind(_ code: Int) {
        let reply = SMTPReply(code, nil, "x")
        #expect(reply.isSuccess == (code < 400))
        #expect(reply.isPermanent == (code >= 500))
    }

    @Test(
        "An enhanced status code has three numbers",
        arguments: ["3.1.1", "5.1", "5.1.1.1", "5.1.", "5.+1.1", "5.1.1234", "5.-1.1", "x.1.1"]
    )
    func noStatus(_ text: String) {
        #expect(EnhancedStatusCode(text) == nil)
    }
}
