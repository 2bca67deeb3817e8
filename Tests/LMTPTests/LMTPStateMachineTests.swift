import NIOCore
import SMTP
import Testing

@testable import LMTP

@Suite("LMTP state machine")
struct LMTPStateMachineTests {
    private static let open = "LHLO mx.example\r\nMAIL FROM:<a@out.example>\r\n"
    private static let ready = open + "RCPT TO:<list=lists.example@listseal.invalid>\r\nDATA\r\n"

    @Test(
        "Commands are answered in their order",
        arguments: [
            ("MAIL FROM:<a@out.example>\r\n", [503]),
            ("XFORWARD ADDR=192.0.2.7\r\n", [503]),
            ("EHLO mx.example\r\n", [500]),
            ("HELO mx.example\r\n", [500]),
            ("LHLO\r\n", [501]),
            ("lhlo mx.example\r\nmail from:<>\r\nrcpt to:<a@b>\r\ndata\r\n", [250, 250, 250, 354]),
            (open + "MAIL FROM:<b@out.example>\r\n", [250, 250, 503]),
            (open + "XFORWARD ADDR=192.0.2.7\r\n", [250, 250, 503]),
            (open + "DATA\r\n", [250, 250, 503]),
            (open + "RCPT TO:<>\r\nRCPT TO:<x>\r\nDATA\r\n", [250, 250, 553, 553, 503]),
            (open + "RSET\r\nRCPT TO:<a@b>\r\n", [250, 250, 250, 503]),
            (open + "LHLO again\r\nMAIL FROM:<>\r\n", [250, 250, 250, 250]),
            ("LHLO x\r\nDATA x\r\nRSET x\r\nQUIT x\r\n", [250, 501, 501, 501]),
            ("NOOP\r\nNOOP x\r\nVRFY anne\r\nHELP\r\nQUIT\r\n", [250, 250, 252, 500, 221]),
            ("LHLO x  \r\nMAIL FROM: <a@b> SIZE=1 \r\n", [250, 250]),
            ("LHLO x\r\nMAIL FROM:a@b\r\nMAIL FROM:<a@b\r\nMAIL <a@b>\r\n", [250, 501, 501, 501]),
            ("LHLO x\r\nMAIL FROM:<a@b>SIZE=1\r\n", [250, 501]),
            ("R\u{17f}ET\r\n", [500]),
        ]
    )
    func sequence(_ commands: String, _ codes: [Int]) {
        let dialogue = LMTPDialogue()
        #expect(dialogue.send(commands).map(\.code) == codes)
    }

    @Test(
        "The parameters of MAIL and RCPT are checked",
        arguments: [
            ("SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+2Bb", 250),
            ("BODY=7BIT", 250), ("BODY=BINARYMIME", 501), ("BODY", 501),
            ("SIZE=999999999", 250), ("SIZE=99999999999999999999", 250), ("SIZE=-1", 501),
            ("SIZE=", 501), ("SIZE=1 SIZE=1", 501), ("SMTPUTF8=yes", 501), ("RET=ALL", 501),
            ("ENVID=a+2", 501), ("AUTH=<>", 555), ("REQUIRETLS", 555), ("=x", 501),
        ]
    )
    func mailParameters(_ parameters: String, _ code: Int) {
        let dialogue = LMTPDialogue()
        let replies = dialogue.send("LHLO x\r\nMAIL FROM:<a@b.example> \(parameters)\r\n")
        #expect(replies.map(\.code) == [250, code])
    }

    @Test(
        "The parameters of RCPT are checked",
        arguments: [
            ("NOTIFY=NEVER", 250), ("NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a@b", 250),
            ("NOTIFY=NEVER,DELAY", 501), ("NOTIFY=", 501), ("ORCPT=a@b", 501), ("X=y", 555),
        ]
    )
    func recipientParameters(_ parameters: String, _ code: Int) {
        let dialogue = LMTPDialogue()
        let replies = dialogue.send(Self.open + "RCPT TO:<a@b.example> \(parameters)\r\n")
        #expect(replies.map(\.code) == [250, 250, code])
    }

    @Test(
        "An address is parsed as written, even if quoted or not ASCII",
        arguments: [
            ("<list=lists.example@listseal.invalid>", "list=lists.example@listseal.invalid"),
            ("<\"a >b\"@c.example>", "\"a >b\"@c.example"),
            (
                "<t\u{e4}st=lists.example@listseal.invalid>",
                "t\u{e4}st=lists.example@listseal.invalid"
            ),
            ("<@relay.example:a@b.example>", "a@b.example"),
            (
                "<a-long-name-of-a-list-bounces=and.a.long.name.of.a.domain.example+"
                    + "abcdefghijklmnopqrstuvwxyz@listseal.invalid>",
                "a-long-name-of-a-list-bounces=and.a.long.name.of.a.domain.example+"
                    + "abcdefghijklmnopqrstuvwxyz@listseal.invalid"
            ),
        ]
    )
    func address(_ path: String, _ address: String) throws {
        let dialogue = LMTPDialogue()
        _ = dialogue.send(Self.open + "RCPT TO:\(path) NOTIFY=NEVER\r\nDATA\r\nx\r\n.\r\n")
        let recipient = try #require(dialogue.messages.first?.envelope.recipients.first)
        #expect(recipient.argument == path)
        #expect(recipient.address?.description == address)
    }

    @Test("The handler answers for an invalid recipient, and other recipients are accepted")
    func unreadableRecipient() {
        let dialogue = LMTPDialogue()
        let replies = dialogue.send(
            Self.open + "RCPT TO:<a b@c>\r\nRCPT TO:<a@b>\r\nDATA\r\nx\r\n.\r\n"
        )
        #expect(replies.map(\.code) == [250, 250, 553, 250, 354, 250])
        #expect(replies[2].enhanced == EnhancedStatusCode(5, 1, 3))
    }

    @Test("A message with an unreadable reverse-path is accepted")
    func unreadableReversePath() {
        let dialogue = LMTPDialogue()
        _ = dialogue.send("LHLO x\r\nMAIL FROM:<a@[192.0.2.1]>\r\nRCPT TO:<a@b>\r\nDATA\r\n.\r\n")
        #expect(dialogue.messages.map(\.envelope.reversePath) == [.unreadable])
        #expect(dialogue.messages.map(\.bytes) == [[]])
    }

    @Test("Each accepted recipient gets its own reply, in order, however the input is split")
    func replyForEach() {
        for pieces in [1, 2, 3, 7, .max] {
            let dialogue = LMTPDialogue()
            dialogue.messageReplies = { message in
                message.envelope.recipients.map {
                    $0.address?.localPart == "b"
                        ? SMTPReply(550, nil, "no")
                        : SMTPReply(250, nil, $0.address?.localPart ?? "?")
                }
            }
            let replies = dialogue.send(
                Self.open + "RCPT TO:<a@x>\r\nRCPT TO:<b@x>\r\nRCPT TO:<c@x>\r\nDATA\r\n"
                    + "Subject: x\r\n\r\n..\r\n.\r\nRSET\r\nQUIT\r\n",
                pieces: pieces
            )
            #expect(
                replies.map(\.code) == [250, 250, 250, 250, 250, 354, 250, 550, 250, 250, 221]
            )
            #expect(replies[6].lines == ["a"])
            #expect(replies[8].lines == ["c"])
            #expect(dialogue.messages.map(\.bytes) == [Array("Subject: x\r\n\r\n.\r\n".utf8)])
            #expect(dialogue.isClosed)
        }
    }

    @Test("Missing handler replies become 451, surplus ones are ignored", arguments: 0...4)
    func wrongCount(_ count: Int) {
        let dialogue = LMTPDialogue()
        dialogue.messageReplies = { _ in
            Array(repeating: SMTPReply(250, nil, "ok"), count: count)
        }
        let replies = dialogue.send(
            Self.open + "RCPT TO:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n.\r\nNOOP\r\n"
        )
        let expected = [250, 250].prefix(count) + Array(repeating: 451, count: max(0, 2 - count))
        #expect(replies.dropFirst(5).map(\.code) == expected + [250])
    }

    @Test("A recipient that the handler refuses gets no reply after DATA")
    func refusedRecipient() {
        let dialogue = LMTPDialogue()
        dialogue.recipientReply = SMTPReply(550, EnhancedStatusCode(5, 1, 1), "no such list")
        #expect(dialogue.send(Self.ready).map(\.code) == [250, 250, 550, 503])
        #expect(dialogue.messages.isEmpty)
    }

    @Test("The recipient after the last allowed one gets 452")
    func tooManyRecipients() {
        var limits = LMTPLimits()
        limits.recipients = 3
        let dialogue = LMTPDialogue(limits: limits)
        let recipients = (1...4).map { "RCPT TO:<a\($0)@x>\r\n" }.joined()
        let replies = dialogue.send(Self.open + recipients + "DATA\r\n.\r\n")
        #expect(replies.map(\.code) == [250, 250, 250, 250, 250, 452, 354, 250, 250, 250])
        #expect(replies[5].enhanced == EnhancedStatusCode(4, 5, 3))
    }

    @Test("A message that is too large is read to its end, and the handler gets its size")
    func tooLarge() {
        var limits = LMTPLimits()
        limits.messageSize = 10
        let dialogue = LMTPDialogue(limits: limits)
        let rest = "\r\nRCPT TO:<b@x>\r\nDATA\r\n"
        #expect(dialogue.send(Self.open + "RCPT TO:<a@x>" + rest).count == 5)
        dialogue.messageReplies = { message in
            message.envelope.recipients.map { _ in
                SMTPReply(message.size > 10 ? 552 : 250, nil, "\(message.size)")
            }
        }
        let replies = dialogue.send("12345678901\r\nQUIT\r\n.\r\nNOOP\r\n")
        #expect(replies.map(\.code) == [552, 552, 250] && replies.first?.lines == ["19"])
        #expect(dialogue.send("MAIL FROM:<>\r\nRCPT TO:<a@x>\r\nDATA\r\n").count == 3)
        #expect(dialogue.send("12345678\r\n.\r\n").map(\.code) == [250])
        #expect(dialogue.messages.map(\.size) == [19, 10])
    }

    @Test("A recipient with a control character is for the handler, and no other line may have one")
    func controls() {
        let dialogue = LMTPDialogue()
        let replies = dialogue.send(
            Self.open + "RCPT TO:<\"a\t b\"@x>\r\nRCPT TO:<\"\u{1}\"@x>\r\nRCPT TO:<a@b>\r\n"
        )
        #expect(replies.map(\.code) == [250, 250, 553, 553, 250])
        #expect(dialogue.send("NOOP \t\r\n").map(\.code) == [500] && dialogue.isClosed)
    }

    @Test("A discarded message is read to its end, and the next one is accepted")
    func givenUp() {
        let dialogue = LMTPDialogue()
        _ = dialogue.send(Self.ready + "one\r\n")
        #expect(dialogue.machine.heldOctets == 5)
        dialogue.machine.giveUpMessage()
        #expect(dialogue.machine.heldOctets == 0)
        let refusal = dialogue.send("two\r\n.\r\n")
        #expect(refusal.map(\.code) == [452])
        #expect(refusal.first?.enhanced == EnhancedStatusCode(4, 3, 1))
        _ = dialogue.send("MAIL FROM:<>\r\nRCPT TO:<a@x>\r\nDATA\r\nthree\r\n.\r\n")
        #expect(dialogue.messages.map(\.bytes) == [Array("three\r\n".utf8)])
    }

    @Test("Too many invalid commands end the connection")
    func tooManyErrors() {
        var limits = LMTPLimits()
        limits.badCommands = 3
        let dialogue = LMTPDialogue(limits: limits)
        let replies = dialogue.send("GET / HTTP/1.1\r\nHost: x\r\nNOOP\r\n\r\nNOOP\r\n")
        #expect(replies.map(\.code) == [500, 500, 250, 421])
        #expect(dialogue.isClosed)
    }

    @Test(
        "An invalid command line ends the connection immediately",
        arguments: [
            "NOOP\nNOOP\r\n", "NO\rOP\r\n", "NOOP \u{0}\r\n", "\u{16}\u{3}\u{1}\r\n",
            "NOOP " + String(repeating: "x", count: LMTPLimits().commandLine) + "\r\n",
            String(repeating: "x", count: LMTPLimits().commandLine),
        ]
    )
    func garbage(_ text: String) {
        let dialogue = LMTPDialogue()
        #expect(dialogue.send(text).map(\.code) == [500])
        #expect(dialogue.isClosed)
    }

    @Test("Octets that are not UTF-8 end the connection")
    func notUTF8() {
        let dialogue = LMTPDialogue()
        #expect(dialogue.send([0xff, 0xfe, 13, 10]).map(\.code) == [500])
        #expect(dialogue.isClosed)
    }

    @Test("A command line as long as the limit is accepted")
    func longestLine() {
        let dialogue = LMTPDialogue()
        let line = "NOOP " + String(repeating: "x", count: 16_377) + "\r\n"
        #expect(line.utf8.count == LMTPLimits().commandLine)
        #expect(dialogue.send(line + "NOOP\r\n", pieces: 1000).map(\.code) == [250, 250])
    }
}
