import MIME
import Testing

/// A signed cleartext message passes MTAs that support only 7bit.
@Suite("7bit entities") struct SevenBitTests {
    private func narrow(_ text: String) throws -> String? {
        try narrow(Array(text.replacing("\n", with: "\r\n").utf8))
    }

    private func narrow(_ octets: [UInt8]) throws -> String? {
        try Message(octets).root.sevenBitEntity.map { octets in
            String(decoding: octets, as: UTF8.self).replacing("\r\n", with: "\n")
        }
    }

    @Test("an entity that every MTA accepts stays unchanged")
    func unchanged() throws {
        let text = """
            Content-Type: multipart/mixed; boundary=b
            X-Odd:  two  blanks\t

            before
            --b
            Content-Transfer-Encoding: 7bit

            words
            >From here
            --b
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            /w==
            --b--
            behind

            """
        #expect(try narrow(text) == text)
    }

    @Test("8-bit text becomes quoted-printable, and other 8-bit parts base64")
    func encoded() throws {
        let text = """
            Content-Type: multipart/mixed; boundary=b
            Content-Transfer-Encoding: 8bit

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            Grüße
            --b
            Content-Type: application/x-a
            Content-Transfer-Encoding: binary

            ü
            --b
            Content-Transfer-Encoding: 8bit

            words
            --b
            Content-Type: text/plain; format=flowed

            From here\u{20}
            to there\u{20}
            --b--

            """
        let expected = """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe
            --b
            Content-Type: application/x-a
            Content-Transfer-Encoding: base64

            w7w=

            --b

            words
            --b
            Content-Type: text/plain; format=flowed
            Content-Transfer-Encoding: quoted-printable

            =46rom here=20
            to there=20
            --b--

            """
        #expect(try narrow(text) == expected)
    }

    @Test("lines that SMTP does not allow are rewritten and decode to the same octets")
    func lines() throws {
        for body in [String(repeating: "x", count: 999), "null\0"] {
            let octets = Array("Content-Type: text/plain\r\n\r\n\(body)\r\n".utf8)
            let narrow = try #require(try Message(octets).root.sevenBitEntity)
            #expect(narrow.split(separator: 0x0a).allSatisfy { $0.count <= 999 })
            #expect(
                try Message(narrow).root.decodedBody(limit: 9999) == Array("\(body)\r\n".utf8)
            )
        }
        let longest = "\r\n\(String(repeating: "x", count: 998))\r\n"
        #expect(try narrow(Array(longest.utf8)) == longest.replacing("\r\n", with: "\n"))
    }

    @Test("an attached message, which must not be encoded, becomes a file")
    func forwarded() throws {
        let text = """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: message/rfc822
            Content-Disposition: inline
            Content-Description: forwarded

            Subject: x

            Grüße
            --b--

            """
        let narrow = try #require(try narrow(text)).replacing("\n", with: "\r\n")
        let part = try #require(try Message(Array(narrow.utf8)).root.children.first)
        #expect(part.contentType.isType("message", "global"))
        #expect(
            part.fields(named: "Content-Disposition").map(\.value) == [
                "attachment; filename=\"message.u8msg\""
            ]
        )
        #expect(part.field(named: "Content-Description")?.value == "forwarded")
        #expect(
            try part.decodedBody(limit: 999) == Array("Subject: x\r\n\r\nGrüße".utf8)
        )
    }

    @Test(
        "an entity that cannot be rewritten gives nil",
        arguments: [
            // It is signed, and its signature would not cover the new octets.
            """
            Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"

            --b
            Content-Type: text/plain

            Grüße
            --b
            Content-Type: application/pgp-signature

            x
            --b--

            """,
            "Content-Type: text/plain\nContent-Description: Grüße\n\nx\n",
            "Content-Type: multipart/mixed; boundary=b\n\nGrüße\n--b\n\nx\n--b--\n",
            "Content-Type: text/plain\nContent-Transfer-Encoding: x-own\n\nGrüße\n",
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nü\n",
        ]
    )
    func impossible(text: String) throws { #expect(try narrow(text) == nil) }

    @Test("a rewritten line never becomes a delimiter")
    func delimiter() throws {
        // A soft line break follows 75 characters.
        let text = """
            Content-Type: multipart/mixed; boundary=bbb

            --bbb
            Content-Type: text/plain

            \(String(repeating: "x", count: 75))--bbb
            \(String(repeating: "ü", count: 3))
            --bbb--

            """
        #expect(try narrow(text) == nil)
    }

    @Test("a signed 7bit part stays unchanged, whatever encoding its multipart declares")
    func signed() throws {
        let signed = """
            --b
            Content-Type: text/plain
            Content-Transfer-Encoding: 8bit

            words
            --b
            Content-Type: application/pgp-signature

            x
            --b--

            """
        let head =
            "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\n"
        #expect(
            try narrow(head + "Content-Transfer-Encoding: 8bit\n\n" + signed)
                == head + "\n" + signed
        )
    }
}
