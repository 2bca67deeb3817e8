import NIOCore
import SMTP
import Testing

@testable import Submission

@Suite("Submission commands")
struct SubmissionCommandsTests {
    private static let everything = SMTPExtensions(
        hello: SMTPReply(250, nil, "mx", "PIPELINING", "SIZE 0", "dsn", "SMTPUTF8", "8BITMIME")
    )

    private func commands(
        _ recipient: String,
        _ extensions: SMTPExtensions,
        envelopeID: String = "a+b=c"
    ) throws -> SubmissionCommands {
        let list = try #require(EmailAddress("list-bounces+t1@lists.example"))
        return SubmissionCommands(
            message: .sample(
                1,
                from: .address(list),
                to: try #require(EmailAddress(recipient)),
                envelopeID: envelopeID,
                parts: ["12345", "\r\n"]
            ),
            extensions: extensions
        )
    }

    @Test("The commands use the extensions that the server offers")
    func full() throws {
        let commands = try commands("a+b@out.example", Self.everything)
        #expect(
            commands.mail
                == "MAIL FROM:<list-bounces+t1@lists.example> SIZE=7 RET=HDRS ENVID=a+2Bb+3Dc"
        )
        #expect(
            commands.recipient
                == "RCPT TO:<a+b@out.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb@out.example"
        )
    }

    @Test("The commands omit extensions that the server does not offer")
    func plain() throws {
        let commands = try commands("a+b@out.example", SMTPExtensions())
        #expect(commands.mail == "MAIL FROM:<list-bounces+t1@lists.example>")
        #expect(commands.recipient == "RCPT TO:<a+b@out.example>")
    }

    @Test("MAIL has SMTPUTF8 only if an address needs it")
    func international() throws {
        let commands = try commands("t\u{e4}st@out.example", Self.everything)
        #expect(commands.mail.contains(" SMTPUTF8 "))
        #expect(commands.recipient.hasSuffix("ORCPT=utf-8;t\\x{E4}st@out.example"))
    }

    @Test(
        "An envelope id that is empty, too long or not printable ASCII is not sent",
        arguments: ["", String(repeating: "x", count: 101), "\u{e4}", "a\r\nRSET", "a\u{0}"]
    )
    func envelopeID(_ text: String) throws {
        #expect(try !commands("a@b", Self.everything, envelopeID: text).mail.contains("ENVID"))
    }

    @Test("No envelope id can inject a parameter")
    func injection() throws {
        let commands = try commands("a@b", Self.everything, envelopeID: "a NOTIFY=NEVER")
        #expect(commands.mail.hasSuffix("ENVID=a+20NOTIFY+3DNEVER"))
    }
}
