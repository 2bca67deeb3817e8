import NIOCore
import SMTP
import Testing

@testable import Submission

@Suite("Reader of SMTP replies")
struct SMTPReplyReaderTests {
    @Test("Replies are assembled however the input is split", arguments: [1, 2, 5, 1000])
    func pieces(_ size: Int) throws {
        var reader = SMTPReplyReader(limits: SubmissionLimits())
        var replies: [SMTPReply] = []
        var rest = Array("250-2.1.0 one\r\n250 2.1.0 two\r\n354\r\n550 5.1.1 no\n".utf8)[...]
        while !rest.isEmpty {
            reader.receive(ByteBuffer(bytes: rest.prefix(size)))
            rest = rest.dropFirst(size)
            while let reply = try reader.next() { replies.append(reply) }
        }
        #expect(
            replies == [
                SMTPReply(250, EnhancedStatusCode(2, 1, 0), "one", "two"),
                SMTPReply(354, nil, ""),
                SMTPReply(550, EnhancedStatusCode(5, 1, 1), "no"),
            ]
        )
        #expect(reader.isEmpty)
    }

    @Test(
        "A malformed reply is an error",
        arguments: [
            ("hello\r\n", SubmissionError.ProtocolViolation.malformed), ("\r\n", .malformed),
            ("25\r\n", .malformed), ("2500 x\r\n", .malformed), ("+25 x\r\n", .malformed),
            ("250-a\r\n251 b\r\n", .malformed), ("199 x\r\n", .malformed),
            ("600 x\r\n", .malformed),
            (String(repeating: "2", count: 2048), .lineTooLong),
            (String(repeating: "250-x\r\n", count: 101), .tooManyLines),
        ]
    )
    func malformed(_ text: String, _ error: SubmissionError.ProtocolViolation) {
        var reader = SMTPReplyReader(limits: SubmissionLimits())
        reader.receive(ByteBuffer(string: text))
        #expect(throws: error) { _ = try reader.next() }
    }

    @Test("The reader waits for the rest of a reply and reports that it is incomplete")
    func half() throws {
        var reader = SMTPReplyReader(limits: SubmissionLimits())
        reader.receive(ByteBuffer(string: "250-x\r\n"))
        let reply = try reader.next()
        #expect(reply == nil)
        #expect(!reader.isEmpty)
    }
}
