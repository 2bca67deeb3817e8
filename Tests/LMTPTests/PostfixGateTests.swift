import Foundation
import SMTP
import TestSupport
import Testing

@testable import LMTP

@Suite("Deliveries by Postfix's lmtp(8)", .serialized)
struct PostfixGateTests {
    private static let list = "list=lists.example@listseal.invalid"

    @Test("A post from outside arrives unchanged, with the client that Postfix saw")
    func fromOutside() async throws {
        let long = String(repeating: "x", count: 5000)
        let body = "t\u{e4}st \u{1}\t \r\n..dot\r\n.\r\n\(long)\r\n \r\ntrailing \r\n"
        let handler = RecordingHandler()
        try await delivering(to: handler) { postfix in
            try await submit(
                to: postfix,
                "XCLIENT ADDR=192.0.2.7 NAME=mail.remote.example\r\n",
                "EHLO mail.remote.example\r\n",
                "MAIL FROM:<anne@out.example> BODY=8BITMIME\r\n",
                "RCPT TO:<\(Self.list)> NOTIFY=FAILURE ORCPT=rfc822;list@lists.example\r\n",
                "RCPT TO:<list-bounces=lists.example+AbC@listseal.invalid>\r\n",
                "DATA\r\n",
                "Subject: x\r\nMessage-ID:\r\n <x@y>\r\n\r\n\(stuffed(body)).\r\n"
            )
        }
        let message = try #require(handler.messages.first)
        #expect(handler.messages.count == 1)
        #expect(message.client.address == "192.0.2.7")
        #expect(message.client.name == "mail.remote.example")
        #expect(message.client.helo == "mail.remote.example")
        #expect(message.client.protocolName == "ESMTP")
        // XCLIENT from a local client stays LOCAL: SOURCE is not to be trusted.
        #expect(message.client.source != nil)
        #expect(message.client.queueID?.isEmpty == false)
        #expect(message.envelope.reversePath.description == "<anne@out.example>")
        // The queue manager does not keep the order of recipients.
        #expect(
            Set(message.envelope.recipients.compactMap(\.address?.description))
                == [Self.list, "list-bounces=lists.example+AbC@listseal.invalid"]
        )
        let text = String(decoding: message.bytes, as: UTF8.self)
        #expect(text.contains("Subject: x\r\nMessage-ID:\r\n <x@y>\r\n"))
        #expect(text.hasSuffix("\r\n\r\n" + body))
    }

    // Postfix gets both from smtpd(8), which does not handle such a message.
    @Test("A message of sendmail(1) has no client address, and no queue id")
    func fromInside() async throws {
        let handler = RecordingHandler()
        try await delivering(to: handler) { postfix in
            try await postfix.run(
                "/usr/sbin/sendmail",
                "-C",
                postfix.directory + "/etc",
                "-f",
                "cron@mx.example",
                Self.list,
                input: "Subject: cron\n\nhello\n"
            )
        }
        let message = try #require(handler.messages.first)
        #expect(message.client.address == nil)
        #expect(message.client.queueID == nil)
    }

    @Test("A list whose name is not ASCII arrives as UTF-8")
    func international() async throws {
        let handler = RecordingHandler()
        try await delivering(to: handler) { postfix in
            try await submit(
                to: postfix,
                "EHLO mail.remote.example\r\n",
                "MAIL FROM:<j\u{f6}rg@out.example> SMTPUTF8\r\n",
                "RCPT TO:<t\u{e4}st=lists.example@listseal.invalid>\r\n",
                "DATA\r\n",
                "Subject: \u{e4}\r\n\r\nx\r\n.\r\n"
            )
        }
        let message = try #require(handler.messages.first)
        #expect(
            message.envelope.recipients.compactMap(\.address?.localPart) == [
                "t\u{e4}st=lists.example"
            ]
        )
        #expect(message.envelope.reversePath.address?.localPart == "j\u{f6}rg")
    }

    @Test("Each recipient has its own reply: accepted, refused, or tried again")
    func replyForEach() async throws {
        let handler = RecordingHandler { message in
            let again = message.envelope.recipients.count == 1
            return message.envelope.recipients.map { recipient in
                switch recipient.address?.localPart.prefix(1) {
                case "a": SMTPReply(250, nil, "taken")
                case "b": SMTPReply(550, EnhancedStatusCode(5, 7, 1), "refused")
                default:
                    again
                        ? SMTPReply(250, nil, "taken at last")
                        : SMTPReply(451, EnhancedStatusCode(4, 3, 0), "later")
                }
            }
        }
        try await delivering(to: handler) { postfix in
            try await submit(
                to: postfix,
                "EHLO mail.remote.example\r\n",
                "MAIL FROM:<>\r\n",
                "RCPT TO:<a@listseal.invalid>\r\n",
                "RCPT TO:<b@listseal.invalid>\r\n",
                "RCPT TO:<c@listseal.invalid>\r\n",
                "RCPT TO:<nobody@listseal.invalid>\r\n",
                "DATA\r\n",
                "Subject: x\r\n\r\nx\r\n.\r\n"
            )
            try await postfix.until("a second attempt") {
                postfix.log.contains("taken at last")
            }
            let log = postfix.log
            #expect(log.contains("to=<a@listseal.invalid>") && log.contains("250 taken)"))
            #expect(log.contains("550 5.7.1 refused"))
            #expect(log.contains("550 5.1.1 No such list here"))
            #expect(log.contains("451 4.3.0 later"))
        }
        let recipients = handler.messages.map {
            $0.envelope.recipients.compactMap(\.address?.localPart)
        }
        #expect(recipients == [["a", "b", "c"], ["c"]])
    }

    private func delivering(
        to handler: RecordingHandler,
        _ body: @escaping @Sendable (LoopbackPostfix) async throws -> Void
    ) async throws {
        try await RunningGate.run(handler: handler) { socket, _ in
            if case .unix(let path) = socket {
                // lmtp(8) runs as user postfix, whose group the packager sets.
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o666],
                    ofItemAtPath: path
                )
            }
            try await LoopbackPostfix.run(gate: socket) { postfix in
                try await body(postfix)
                try await postfix.until("the delivery") {
                    !handler.messages.isEmpty
                }
                try await postfix.until("an empty queue") {
                    postfix.queued.isEmpty
                }
            }
        }
    }

    private func submit(to postfix: LoopbackPostfix, _ steps: String...) async throws {
        try await RawClient.connect(to: postfix.door) { client in
            let greeting = try await client.codes(1)
            try #require(greeting == [220])
            for step in steps {
                try await client.send(step)
                let codes = try await client.codes(1)
                try #require(codes.allSatisfy { $0 < 400 }, "\(step): \(codes)")
            }
        }
    }

    private func stuffed(_ text: String) -> String {
        text.split(separator: "\r\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(".") ? "." + $0 : $0 }
            .joined(separator: "\r\n")
    }
}
