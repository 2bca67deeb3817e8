import MIME
import Testing

/// Messages that two readers would read differently, or that exceed a limit.
@Suite("Refused messages") struct RefusalTests {
    private static let mixed = "Content-Type: multipart/mixed; boundary=b\n\n"

    private static let ambiguousMessages: [MIMEError.Reason: [String]] = [
        .fieldRepeated: [
            "From: a@b\nFrom: c@d\n\n",
            "from: a@b\nFROM : c@d\n\n",
            "Date: x\nDate: y\n\n",
            "Subject: x\nSubject: x\n\n",
            "Message-ID: <a@b>\nMessage-Id: <c@d>\n\n",
            "To: a@b\nTo: c@d\n\n",
            "Cc: a@b\nCC: c@d\n\n",
            "Sender: a@b\nSender: c@d\n\n",
            "Content-Type: text/plain\nContent-Type: text/html\n\n",
            "MIME-Version: 1.0\nMIME-Version: 1.0\n\n",
            "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\n",
            "\(mixed)--b\nContent-Type: a/b\nContent-Type: a/c\n\n--b--\n",
        ],
        .fieldWithoutColon: ["From: a@b\nno colon\n\n", "From: a@b\nName\n : x\n\n"],
        .fieldNameInvalid: [
            "From a@b Tue 10:20\nTo: x@y\n\n", "From : a@b\n\n",
            "\(mixed)--b\nContent-Type\t: a/b\n\n--b--\n", ": x\n\n", "N\u{e4}me: x\n\n",
        ],
        .foldWithoutField: [" folded: x\n\n"],
        .nulInHeader: ["X: a\0b\n\n", "X: a\n \0\n\n"],
        .headerUnterminated: ["\(mixed)--b\nX: y\n--b--\n"],
        .boundaryMissing: ["Content-Type: multipart/mixed\n\n--b\n"],
        .boundaryInvalid: [
            "Content-Type: multipart/mixed; boundary=\"\"\n\n----\n",
            "Content-Type: multipart/mixed; boundary=\"b \"\n\n--b\n",
            "Content-Type: multipart/mixed; boundary=\"b\\\"\"\n\n--b\n",
        ],
        .contentTypeUnreadable: [
            "Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--b\n",
            "Content-Type: multipart/mixed; boundary=a b\n\n--a\n",
            "Content-Type: multipart/mixed; boundary*0=a; boundary=b\n\n--b\n",
            "Content-Type: \"multipart\"/mixed; boundary=b\n\n--b\n",
            "Content-Type: multipart / mixed; boundary=b\n\n--b\n",
            "Content-Type: multipart/mixed; boundary=\"b\n\n--b\n",
        ],
        .multipartEncoded: [
            "Content-Transfer-Encoding: base64\n\(mixed)--b\n\n--b--\n",
            "Content-Transfer-Encoding: x-odd\n\(mixed)--b\n\n--b--\n",
        ],
        .delimiterAmbiguous: ["\(mixed)--bx\n\n--b--\n", "\(mixed)--b\n\n--b--x\n"],
        .delimiterAfterClose: [
            "\(mixed)--b\n\nx\n--b--\n--b\n\ny\n", "\(mixed)--b\n\nx\n--b--\n--b--\n",
        ],
        .partMissing: ["\(mixed)no delimiter\n", "\(mixed)--b--\n"],
        .boundaryAmbiguous: [
            "\(mixed)--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--\n",
            "\(mixed)--b\nContent-Type: multipart/mixed; boundary=bc\n\n--bc\n\n--b--\n",
        ],
        .closeDelimiterMissing: [
            "Content-Type: multipart/signed; boundary=b\n\n--b\n\nx\n",
            "Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx",
            "\(mixed)--b\nContent-Type: multipart/signed; boundary=c\n\n--c\n\nx\n--b--\n",
        ],
    ]

    @Test("an ambiguous message is refused", arguments: ambiguousMessages)
    func ambiguous(_ reason: MIMEError.Reason, _ sources: [String]) {
        for source in sources {
            #expect(refusal(wire(source)) == reason, "\(source)")
            #expect(refusal(Array(source.utf8)) == reason, "\(source)")
        }
    }

    private static let mixedMessages: [MIMEError.Reason: [String]] = [
        .bareCarriageReturn: [
            "From: a@b\rX: y\r\n\r\n",
            "From: a@b\r\n\r\nbody\rbody",
            "From: a@b\r\n\r\nbody\r",
        ],
        .mixedLineEndings: [
            "From: a@b\r\nTo: x@y\nCc: z@y\r\n\r\n",
            "From: a@b\nTo: x@y\r\n\n",
            "From: a@b\r\n\n",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\n--b--\r\n",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\n\r\nx\r\n--b--\r\n",
        ],
    ]

    @Test(
        "a bare CR, and another line ending in a header or delimiter, is refused",
        arguments: mixedMessages
    )
    func lineEndings(_ reason: MIMEError.Reason, _ sources: [String]) {
        for source in sources { #expect(refusal(Array(source.utf8)) == reason, "\(source)") }
    }

    @Test("each limit accepts its value and refuses one more")
    func limits() {
        func nested(_ depth: Int) -> [UInt8] {
            let levels = (1..<depth).map {
                "Content-Type: multipart/mixed; boundary=x\($0)y\n\n--x\($0)y\n"
            }
            return wire(levels.joined() + "\nx\n")
        }
        func parts(_ count: Int) -> [UInt8] {
            wire(Self.mixed + String(repeating: "--b\n\n", count: count - 1) + "--b--\n")
        }
        func fields(_ count: Int) -> [UInt8] {
            wire(String(repeating: "X: y\n", count: count) + "\n")
        }
        func header(_ octets: Int) -> [UInt8] {
            wire("X: " + String(repeating: "y", count: octets - 5) + "\n\n")
        }
        func boundary(_ octets: Int) -> [UInt8] {
            let text = String(repeating: "b", count: octets)
            return wire(
                "Content-Type: multipart/mixed; boundary=\(text)\n\n--\(text)\n\n--\(text)--\n"
            )
        }
        let table: [(MIMEError.Reason, Int, (Int) -> [UInt8])] = [
            (.tooDeep, 32, nested),
            (.tooManyParts, 1000, parts),
            (.tooManyHeaderFields, 1000, fields),
            (.headerTooLong, 262_144, header),
            (.boundaryInvalid, 70, boundary),
        ]
        for (reason, limit, make) in table {
            #expect(refusal(make(limit)) == nil, "\(reason)")
            #expect(refusal(make(limit + 1)) == reason)
        }
        let many = String(
            repeating: "--b\n" + String(repeating: "X: y\n", count: 999) + "\n",
            count: 11
        )
        #expect(refusal(wire(Self.mixed + many + "--b--\n")) == .tooManyHeaderFields)
    }

    @Test("the offset of an error points at its cause")
    func offsets() throws {
        let error = #expect(throws: MIMEError.self) {
            _ = try Message(wire("From: a@b\nno colon\n\n"))
        }
        #expect(error == MIMEError(.fieldWithoutColon, at: 11))
        #expect(error?.description == "fieldWithoutColon at octet 11")
    }
}
