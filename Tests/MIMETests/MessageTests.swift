import MIME
import Testing

@Suite("The slicing of messages") struct MessageTests {
    @Test("parts are the exact octets, without the line break of the next delimiter")
    func exactSlices() throws {
        let message = try Message(
            wire(
                """
                From: anne@example.org
                Content-Type: multipart/mixed; boundary="b"

                preamble
                --b
                Content-Type: text/plain
                X-Odd :  v

                one

                --b  \t
                Content-Type: text/html

                two
                --b--
                epilogue
                """
            )
        )
        #expect(
            message.root.children.map { text($0.bytes) } == [
                "Content-Type: text/plain\r\nX-Odd :  v\r\n\r\none\r\n",
                "Content-Type: text/html\r\n\r\ntwo",
            ]
        )
        #expect(message.root.children.map { text($0.body) } == ["one\r\n", "two"])
        #expect(message.root.children[0].field(named: "x-odd")?.value == "v")
        #expect(text(message.root.bytes).hasSuffix("epilogue"))
    }

    @Test("a message of LF lines is sliced as the same message of CRLF lines")
    func lineFeedMessage() throws {
        let lines = Array(
            """
            Content-Type: multipart/mixed; boundary=b;
             charset=utf-8

            --b

            one
            --b--

            """.utf8
        )
        let message = try Message(lines)
        let same = try Message(LineEndings.canonical(lines))
        #expect(message.root.lineEnding == .lf)
        #expect(text(message.root.children[0].bytes) == "\none")
        #expect(text(same.root.children[0].bytes) == "\r\none")
        #expect(message.root.contentType == same.root.contentType)
    }

    @Test("an inner multipart may end with its parent, and both end at the same octet")
    func innerWithoutClose() throws {
        let message = try Message(
            wire(
                """
                Content-Type: multipart/mixed; boundary=out

                --out
                Content-Type: multipart/alternative; boundary=in

                --in

                a
                --out

                b
                --out--
                """
            )
        )
        let inner = message.root.children[0]
        #expect(message.root.children.count == 2)
        #expect(text(inner.children[0].bytes) == "\r\na")
        #expect(inner.bytes.endIndex == inner.children[0].bytes.endIndex)
        #expect(
            message.root.selfAndDescendants.map { text($0.body.suffix(1)) } == [
                "-", "a", "a", "b",
            ]
        )
    }

    @Test("a message without a body and an empty part are accepted")
    func emptyBodies() throws {
        #expect(try Message(Array("From: a@b".utf8)).root.body.isEmpty)
        #expect(try Message([]).root.bytes.isEmpty)
        let message = try Message(
            wire("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\n--b\nA: b\n\n--b--\n")
        )
        #expect(message.root.children.map { text($0.bytes) } == ["", "", "A: b\r\n"])
        #expect(message.root.children.allSatisfy { $0.body.isEmpty })
    }

    @Test("message/rfc822 and text with unknown delimiters are leaves")
    func leaves() throws {
        let message = try Message(
            wire(
                """
                Content-Type: message/rfc822

                Content-Type: multipart/mixed; boundary=b

                --b

                x
                --b--
                """
            )
        )
        #expect(message.root.children.isEmpty)
        #expect(text(message.root.body).hasSuffix("--b--"))
    }

    @Test("a part of a digest without a type is message/rfc822")
    func digest() throws {
        let message = try Message(
            wire("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\n--b--\n")
        )
        #expect(message.root.children[0].contentType.isType("message", "rfc822"))
    }

    @Test("a bare LF in a body of a CRLF message belongs to the body")
    func bareLineFeedInBody() throws {
        let bytes =
            wire("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n")
            + Array("x\ny\r\n--b--\r\n".utf8)
        #expect(text(try Message(bytes).root.children[0].body) == "x\ny")
    }
}
