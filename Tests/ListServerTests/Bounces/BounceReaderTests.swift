import MailingList
import SMTP
import Testing

@testable import ListServer

/// What came back to a subscriber's reverse-path, and what is counted of it.
@Suite struct BounceReaderTests {
    private func report(_ fields: String, text: String = "It was not delivered.") -> String {
        """
        From: MAILER-DAEMON@mx.example
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        \(text)
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example
        X-Postfix-Sender: rfc822; team-bounces+x@lists.test

        Final-Recipient: rfc822; somebody@else.example
        Original-Recipient: rfc822;anne@people.test
        \(fields)
        --b
        Content-Type: text/rfc822-headers

        Subject: [...]
        --b--

        """
    }

    private func read(_ text: String, isNull: Bool = true) -> Bounce? {
        var message = ReceivedMessage(bytes: Array(text.replacing("\n", with: "\r\n").utf8))
        message.hasNullReversePath = isNull
        return BounceReader.bounce(in: message)
    }

    @Test(
        "a report is read by its code: hard, soft, or a refusal of the content or size",
        arguments: [
            ("Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 unknown", .hard),
            ("Action: FAILED (bad destination)\nStatus: 5.1.2 (no host)", .hard),
            ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550-5.1.1 unknown", .hard),
            // Microsoft writes 5.1.10, and a code in words of three.
            ("Action: failed\nStatus: 5.1.10", .hard), ("Action: failed\nStatus: 5.2.1", .hard),
            ("Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 full", .soft),
            ("Action: failed\nStatus: 4.4.1", .soft), ("Action: failed\nStatus: 5.4.4", .soft),
            ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 user unknown", .hard),
            ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 blocked, see x", .content),
            ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 no", .soft),
            ("Action: failed\nStatus: nonsense", .soft), ("Action: failed", .soft),
            ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 5.7.1 no", .content),
            ("Action: failed\nStatus: 5.3.4", .content),
            ("Action: failed\nStatus: 5.7.26", .content),
            ("Action: failed\nStatus: 5.6.0", .content),
            ("Action: failed\nStatus: 5.2.3", .content),
            ("Action: delayed\nStatus: 4.4.1\nWill-Retry-Until: tomorrow", nil),
            ("Action: relayed\nStatus: 2.0.0", nil), ("Action: delivered\nStatus: 2.0.0", nil),
            // An alias of hers, of which one part failed.
            (
                "Action: delayed\nStatus: 4.0.0\n\nFinal-Recipient: x\nAction: failed\nStatus: 5.1.1",
                .hard
            ),
        ] as [(String, Bounce.Kind?)]
    )
    func reports(fields: String, kind: Bounce.Kind?) {
        let bounce = read(report(fields))
        #expect(bounce?.kind == kind, "\(String(describing: bounce))")
    }

    @Test(
        "the words of a server weigh more than the code in front of them",
        arguments: [
            ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. [x.example]", .hard),
            ("5.7.1", "550 5.7.1 No such user here", .hard),
            ("5.0.0", "550 This account has been disabled", .hard),
            ("5.2.0", "554 delivery error: this user doesn't have an account", .hard),
            ("5.3.0", "550 5.3.0 rejected as spam", .content),
            ("5.1.1", "550 5.1.1 your address is on a blocklist", .content),
            ("5.1.0", "550 5.1.0 Sender address rejected: user unknown", .content),
            ("5.1.1", "552 5.1.1 mailbox full", .soft),
            ("5.3.0", "554 5.3.0 unknown mailer error 1", .soft),
            ("4.1.1", "450 4.1.1 user unknown", .soft),
        ] as [(String, String, Bounce.Kind?)]
    )
    func words(status: String, said: String, kind: Bounce.Kind?) {
        let fields = "Action: failed\nStatus: \(status)\nDiagnostic-Code: smtp; \(said)"
        #expect(read(report(fields))?.kind == kind)
    }

    @Test(
        "a vague report is understood by the text beside it, and not by the quoted message",
        arguments: [
            ("<anne@people.test>: 550 5.1.1 user unknown", .hard),
            ("The mail system\n\nsaid no.\n\nOriginal message:\nuser unknown", .soft),
        ] as [(String, Bounce.Kind?)]
    )
    func besideReport(text: String, kind: Bounce.Kind?) {
        #expect(read(report("Action: failed\nStatus: 5.5.0", text: text))?.kind == kind)
        // The same without a part for programs.
        let without = report("", text: text)
            .replacing("Content-Type: message/delivery-status", with: "Content-Type: text/plain")
        #expect(read(without)?.kind == kind)
    }

    @Test(
        "a version number is no code, and a delay is no bounce",
        arguments: [
            ("ExampleMail 5.1.0 reports: something went wrong.", .soft),
            ("Delayed by ExampleMail 5.1.0: 451 4.4.1, it has not yet been delivered.", nil),
            ("450 4.2.0 greylisted. We will keep trying for 4 days.", nil),
        ] as [(String, Bounce.Kind?)]
    )
    func versions(text: String, kind: Bounce.Kind?) {
        let mail = "From: <MAILER-DAEMON@mx.example>\nAuto-Submitted: auto-replied\n\n\(text)\n"
        #expect(read(mail)?.kind == kind)
    }

    @Test(
        "a notice of what became of a mail later counts only if the mailbox is full",
        arguments: [
            ("disposition-notification", "Your mail was deleted: the mailbox is full.", .soft),
            ("disposition-notification", "Your mail was read. No such user complained.", nil),
            ("feedback-report", "550 5.1.1 user unknown", nil),
        ] as [(String, String, Bounce.Kind?)]
    )
    func later(type: String, text: String, kind: Bounce.Kind?) {
        let mail = report("", text: text)
            .replacing("report-type=delivery-status", with: "report-type=\(type)")
            .replacing("message/delivery-status", with: "message/\(type)")
        #expect(read(mail)?.kind == kind)
    }

    @Test("a text of a server counts although it says that a program wrote it")
    func automaticText() {
        let mail = "From: <MAILER-DAEMON@mx.example>\nAuto-Submitted: auto-replied\n\n"
        #expect(read(mail + "550 5.1.1 unknown user\n")?.kind == .hard)
        // A person's text with the null reverse-path, which says nothing of an address.
        #expect(read("From: anne@people.test\nSubject: away\n\nBack on Monday.\n") == nil)
    }

    @Test(
        "servers that write no report are understood by what they say",
        arguments: [
            // qmail
            (
                "Hi. This is the qmail-send program at mx.example.\n\n<anne@people.test>:\n"
                    + "Sorry, no mailbox here by that name. (#5.1.1)", .hard
            ),
            // Exim
            (
                "This message was created automatically by mail delivery software.\n\n"
                    + "  anne@people.test\n    Unrouteable address", .hard
            ),
            (
                "  anne@people.test\n    host mx.example [192.0.2.1]\n"
                    + "    SMTP error from remote mail server after RCPT TO: 550 User unknown",
                .hard
            ),
            ("Your message was not delivered: the mailbox is full.", .soft),
            ("Warning: message delayed. It will be retried until Sunday.", nil),
            ("552 5.3.4 Message size exceeds fixed limit", .content),
            ("554 5.7.1 rejected: considered spam", .content),
            ("Etwas ging schief.", .soft),
        ] as [(String, Bounce.Kind?)]
    )
    func texts(text: String, kind: Bounce.Kind?) {
        let mail = "From: <MAILER-DAEMON@mx.example>\nSubject: failure notice\n\n\(text)\n"
        #expect(read(mail)?.kind == kind)
        // From the same server with another reverse-path.
        #expect(read(mail, isNull: false)?.kind == kind)
        // What no parser takes: a line of its header is no field.
        #expect(read("no field\n" + mail)?.kind == kind)
    }

    @Test(
        "what a person or her program answers is no bounce",
        arguments: [
            "From: anne@people.test\nSubject: Re: Undelivered mail\n\nuser unknown, 5.1.1\n",
            "From: anne@people.test\nAuto-Submitted: auto-replied (vacation)\n\nI am away\n",
        ]
    )
    func answers(mail: String) {
        #expect(read(mail, isNull: false) == nil)
        let isVacation = mail.contains("Auto-Submitted")
        if isVacation { #expect(read(mail) == nil) }
    }

    @Test("nothing is kept of a bounce but its code and one line of printable ASCII")
    func detail() throws {
        let said = "smtp; 550 5.1.1 \u{202e}caf\u{e9}\u{7}" + String(repeating: "x", count: 900)
        let bounce = try #require(
            read(report("Action: failed\nStatus: 5.1.1\nDiagnostic-Code: \(said)"))
        )
        #expect(bounce.detail.utf8.count == Bounce.maximumDetail)
        #expect(bounce.detail.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
        #expect(bounce.status == EnhancedStatusCode(5, 1, 1))
    }
}
