import MIME
import SMTP
import Testing

@Suite("Composed entities") struct EntityTests {
    private let boundary = "=_0123456789abcdef"

    @Test("a payload has our text, the author's content and a protected header")
    func payload() throws {
        let author = try Message(
            Array(
                """
                From: anne@example.org
                Subject: secret
                Autocrypt: addr=anne@example.org
                Content-Type: multipart/mixed; boundary="in"; hp="cipher"
                X-Mailer: m

                --in

                Grüße
                --in--

                """.utf8
            )
        )
        let entity = Entity(
            headerFields: [
                Entity.Field("From", mailboxes: [try mailbox("Anne via Liste")]),
                Entity.Field("Subject", "Grüße"),
                Entity.Field("Subject", "[...]").asOuter,
            ],
            content: .multipart(
                subtype: "mixed",
                parameters: [("hp", "cipher"), ("protected-headers", "v1")],
                children: [
                    Entity(content: .text("From Anne\n")),
                    Entity(content: .raw(author.root.contentEntity)),
                ],
                boundary: boundary
            )
        )
        let bytes = entity.serialized()
        #expect(
            text(bytes)
                == text(
                    wire(
                        """
                        From: Anne via Liste <list@example.org>
                        Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
                        HP-Outer: Subject: [...]
                        Content-Type: multipart/mixed; hp="cipher"; protected-headers="v1";
                         boundary="=_0123456789abcdef"
                        Content-Transfer-Encoding: 8bit

                        --=_0123456789abcdef
                        Content-Type: text/plain; charset="utf-8"
                        Content-Transfer-Encoding: quoted-printable

                        =46rom Anne

                        --=_0123456789abcdef
                        Content-Type: multipart/mixed; boundary="in"; hp="cipher"

                        --in

                        Grüße
                        --in--

                        --=_0123456789abcdef--

                        """
                    )
                )
        )
        let message = try Message(bytes)
        let header = try #require(ProtectedHeader(payload: message.root))
        #expect(header.kind == .cipher)
        #expect(header.field(named: "Subject")?.decodedValue == "Grüße")
        #expect(header.outerFields.map(\.value) == ["[...]"])
        #expect(message.root.children[1].children.count == 1)
        #expect(try message.root.children[0].decodedText(limit: 100) == "From Anne\n")
    }

    @Test("a frame with an armor is a multipart/encrypted of RFC 3156")
    func encryptedFrame() throws {
        let (before, after) = PGPMIME.encryptedFrame(
            headerFields: [
                Entity.Field("From", mailboxes: [try mailbox(nil)]), Entity.Field("Subject", "..."),
            ],
            boundary: boundary
        )
        let armor = "-----BEGIN PGP MESSAGE-----\r\n\r\nABCD\r\n-----END PGP MESSAGE-----"
        for end in ["", "\r\n"] {
            let message = try Message(before + Array((armor + end).utf8) + after)
            #expect(message.root.field(named: "MIME-Version")?.value == "1.0")
            guard case .encrypted(let content) = PGPMIME(message.root, limit: 1000) else {
                Issue.record("not taken as encrypted")
                return
            }
            #expect(text(content) == armor + end)
        }
        let type = "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";\r\n"
        #expect(text(before).contains(type + " boundary=\"\(boundary)\"\r\n\r\n--\(boundary)\r\n"))
        #expect(
            text(before).contains(
                "\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
            )
        )
    }

    @Test("an attached file, certificate and message can be read back")
    func attachments() throws {
        let certificate = Array("-----BEGIN PGP PUBLIC KEY BLOCK-----\n".utf8)
        let octets = (0...255).map { UInt8($0) }
        let original = Array(
            "From: a@b\nSubject: Grüße\n\n\(String(repeating: "x", count: 2000))\n".utf8
        )
        let entity = Entity(
            content: .multipart(
                subtype: "mixed",
                children: [
                    .certificate(armored: certificate, fileName: "list.asc"),
                    .attachment(
                        type: "application/octet-stream",
                        fileName: "ü \"x\".bin",
                        bytes: octets
                    ),
                    .message(original),
                ],
                boundary: boundary
            )
        )
        let parts = try Message(entity.serialized()).root.children
        #expect(
            parts.map { $0.contentType.type + "/" + $0.contentType.subtype } == [
                "application/pgp-keys", "application/octet-stream", "message/global",
            ]
        )
        #expect(try parts[0].decodedBody(limit: 1000) == certificate)
        #expect(try parts[1].decodedBody(limit: 1000) == octets)
        #expect(try parts[2].decodedBody(limit: 10_000) == original)
        #expect(
            parts.map { $0.field(named: "Content-Disposition")?.value } == [
                "attachment; filename=\"list.asc\"",
                "attachment; filename*=utf-8''%C3%BC%20%22x%22%2Ebin",
                "attachment; filename=\"message.u8msg\"",
            ]
        )
        #expect(parts[2].field(named: "Content-Transfer-Encoding")?.value == "base64")
    }

    @Test(
        "text is written as 7bit that no MTA changes, and is read back unchanged",
        arguments: [
            ("plain\n", "7bit"), ("", "7bit"), ("no line break", "7bit"), ("a\r\nb\rc\n", "7bit"),
            ("Grüße\n", "quoted-printable"), ("-- \nAnne\n", "quoted-printable"),
            ("From here\n", "quoted-printable"), (".\n", "quoted-printable"),
            ("a\0b\u{1b}\u{7f}\n", "quoted-printable"), ("tab at end\t\n\n\n", "quoted-printable"),
            ("a= \n=\n \n", "quoted-printable"), (" ", "quoted-printable"),
            (String(repeating: "x", count: 76) + "\n", "7bit"),
            (String(repeating: "x", count: 77) + "\n", "quoted-printable"),
            (String(repeating: "From . ", count: 500) + "\n", "quoted-printable"),
            (String(repeating: "ü", count: 5000) + "\n", "quoted-printable"),
        ]
    )
    func texts(_ source: String, _ encoding: String) throws {
        let bytes = Entity(content: .text(source)).serialized()
        let lines = bytes.split(separator: 0x0a)
        #expect(lines.allSatisfy { $0.last == 0x0d && $0.count <= 77 })
        #expect(
            bytes.allSatisfy {
                $0 == 0x0a || $0 == 0x0d || (0x20...0x7e).contains($0) || $0 == 0x09
            }
        )
        #expect(!lines.contains { $0.starts(with: "From ".utf8) || $0.elementsEqual(".\r".utf8) })
        #expect(!lines.contains { $0.dropLast().last == 0x20 || $0.dropLast().last == 0x09 })
        let part = try Message(bytes).root
        #expect(part.field(named: "Content-Transfer-Encoding")?.value == encoding)
        var expected = source.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if !expected.isEmpty, !expected.hasSuffix("\n") { expected += "\n" }
        #expect(try part.decodedText(limit: 1_000_000) == expected)
    }

    @Test("only the content of an LF message is copied, and it becomes CRLF")
    func contentEntity() throws {
        let message = try Message(
            Array(
                "From: a@b\nContent-Type: text/plain;\n format=flowed\ncontent-language: de\n\na\nb"
                    .utf8
            )
        )
        #expect(
            text(message.root.contentEntity)
                == "Content-Type: text/plain;\r\n format=flowed\r\ncontent-language: de\r\n\r\na\r\nb"
        )
        let wired = try Message(Array("Subject: x\r\n\r\na\nb".utf8))
        #expect(text(wired.root.contentEntity) == "\r\na\nb")
    }

    private func mailbox(_ name: String?) throws -> Mailbox {
        Mailbox(displayName: name, address: try #require(EmailAddress("list@example.org")))
    }
}
