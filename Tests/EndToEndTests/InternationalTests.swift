import Foundation
import Testing

/// Addresses that are not ASCII, on a real Postfix.
///
/// - SeeAlso: [RFC 6531](https://www.rfc-editor.org/rfc/rfc6531)
struct InternationalTests {
    @Test("a list and its people can have addresses that are not ASCII")
    func addresses() throws {
        let bed = try TestBed()
        let list = "gr\u{00fc}n@lists.test"
        try bed.host.listseal([
            "list", "create", list, "--owner", bed.owner.address, "--owner-key", bed.owner.keyFile,
        ])
        let jurgen = try Person("j\u{00fc}rgen", at: bed.host)
        for person in [jurgen, bed.anne] {
            try bed.host.listseal([
                "subscriber", "add", list, person.address, "--key", person.keyFile,
            ])
            // In whatever locale the test runs.
            try Data("utf8-strings\ndisplay-charset utf-8\n".utf8)
                .write(to: URL(filePath: person.home + "/gpg.conf"))
            try person.learnKey(of: list)
        }
        let post = try jurgen.post(to: list, subject: "\u{00fc}ber", text: "canary-utf8")
        let sent = try Shell.run(
            "python3",
            [
                "-c",
                """
                import smtplib, sys
                server = smtplib.SMTP("127.0.0.1", int(sys.argv[1]))
                server.ehlo()
                server.mail(sys.argv[2], ["SMTPUTF8", "BODY=8BITMIME"])
                server.rcpt(sys.argv[3])
                code, text = server.data(sys.stdin.buffer.read())
                print(code, text.decode())
                """, "\(bed.host.port)", jurgen.address, list,
            ],
            input: post
        )
        #expect(sent.output.hasPrefix("250"), "\(sent.output)\(sent.error)")
        for person in [jurgen, bed.anne] {
            let letter = try person.letter()
            #expect(
                letter.isEncrypted && letter.isSigned && letter.subject.hasSuffix("] \u{00fc}ber")
            )
            #expect(try person.open(letter.bytes).text.contains("canary-utf8"))
            #expect(letter.field("To").contains(list))
        }
        try bed.host.waitUntilQuiet()
        try bed.host.expectNowhere("canary-utf8")
    }
}
