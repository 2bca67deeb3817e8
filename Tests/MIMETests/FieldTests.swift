import MIME
import SMTP
import Testing

@Suite("Written header fields") struct FieldTests {
    @Test(
        "no text can start a second field",
        arguments: [
            "x\r\nBcc: eve@x.org", "x\nBcc: eve@x.org", "x\rBcc: eve@x.org", "x\r\n\r\nbody",
            "x\0\u{b}\u{c}\u{85}\u{2028}Bcc: eve@x.org", "=?utf-8?Q?a=0D=0ABcc:_x?=",
            String(repeating: " \r\n", count: 2000) + "Bcc: x", "\u{202e}x\r\n\r\n",
        ]
    )
    func injection(_ value: String) throws {
        let address = try #require(EmailAddress("list@example.org"))
        let mailbox = Mailbox(displayName: value, address: address)
        for field in [
            Entity.Field("Subject", value), Entity.Field("List-Id", structured: value),
            Entity.Field("From", mailboxes: [mailbox, mailbox]),
            Entity.Field("X\r\nBcc: x\0", value), Entity.Field("Subject", value).asOuter,
        ] {
            let message = try Message(field.serialized() + Array("\r\nbody".utf8))
            #expect(message.root.headerFields.count == 1)
            #expect(text(message.root.body) == "body")
            let decoded = try #require(message.root.headerFields.first?.decodedValue)
            #expect(!decoded.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
        }
    }

    @Test("a name without any allowed character writes no field")
    func emptyName() {
        #expect(Entity.Field(" \r\n:", "x").serialized().isEmpty)
    }

    @Test(
        "unstructured text is read back unchanged, in lines that every MTA accepts",
        arguments: [
            "", "plain", "two  spaces  inside", "Grüße aus Köln", "=?utf-8?Q?x?=", "日本語の件名",
            String(repeating: "word ", count: 400) + "end", String(repeating: "x", count: 5000),
            String(repeating: "👩‍👩‍👧", count: 300), "a" + String(repeating: " ", count: 2000) + "b",
            "https://example.org/" + String(repeating: "y", count: 300),
        ]
    )
    func freeText(_ value: String) throws {
        for name in ["Subject", "A-Name-That-Is-Rather-Long-For-A-Header-Field-And-Has-Sixty-Four"]
        {
            let bytes = Entity.Field(name, value).serialized()
            for line in text(bytes).split(separator: "\r\n", omittingEmptySubsequences: false)
                .dropLast()
            {
                #expect(line.utf8.count <= 998)
                #expect(line.utf8.count <= 76 || !line.contains("=?"))
                #expect(line.contains { $0 != " " })
            }
            #expect(bytes.allSatisfy { $0 < 0x80 })
            let field = try #require(try Message(bytes + [0x0d, 0x0a]).root.field(named: name))
            #expect(field.decodedValue == value)
        }
    }

    @Test("long structured values are folded at blanks and stay below 998 octets")
    func structured() throws {
        let references = (0..<40).map {
            "<\($0)." + String(repeating: "r", count: 40) + "@example.org>"
        }
        let bytes = Entity.Field("References", structured: references.joined(separator: " "))
            .serialized()
        #expect(text(bytes).split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
        let field = try #require(try Message(bytes + [0x0d, 0x0a]).root.headerFields.first)
        #expect(MessageID.list(field.value).map(\.text) == references)
        let endless = Entity.Field("X", structured: String(repeating: "é", count: 3000))
            .serialized()
        #expect(String(validating: endless, as: UTF8.self) != nil)
        #expect(endless.split(separator: 0x0a).allSatisfy { $0.count <= 998 })
    }

    @Test("mailboxes with special names are encoded, folded and read back")
    func mailboxes() throws {
        let list = try (0..<50).map { index in
            Mailbox(
                displayName: ["Anne", "Müller, A.", "\"quoted\"", "x@y.z"][index % 4],
                address: try #require(EmailAddress("a\(index)@example.org"))
            )
        }
        let bytes = Entity.Field("To", mailboxes: list).serialized()
        let field = try #require(try Message(bytes + [0x0d, 0x0a]).root.headerFields.first)
        #expect(Mailbox.list(field.value) == list)
        #expect(text(bytes).split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    }
}
