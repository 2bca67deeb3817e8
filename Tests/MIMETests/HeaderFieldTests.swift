import MIME
import Testing

@Suite("Received header fields") struct HeaderFieldTests {
    private func field(_ source: String) throws -> HeaderField {
        let message = try Message(wire(source + "\n\n"))
        return try #require(message.root.headerFields.first)
    }

    @Test("a raw value has its folds, and an unfolded value does not")
    func folds() throws {
        let field = try field("X-Note :  one\n\ttwo  \n three ")
        #expect(field.name == "X-Note")
        #expect(text(field.rawValue) == "  one\r\n\ttwo  \r\n three ")
        #expect(field.value == "one\ttwo   three")
        #expect(field.isNamed("X-NOTE"))
        #expect(!field.isNamed("X-Note2"))
    }

    @Test("a name that is equal only by Unicode case folding is another name")
    func kelvin() throws {
        #expect(try !field("X-Kilo: v").isNamed("X-\u{212a}ilo"))
    }

    @Test(
        "encoded words are decoded for display",
        arguments: [
            ("=?utf-8?Q?M=C3=BCller?=", "Müller"),
            ("=?UTF-8?b?TcO8bGxlcg==?=", "Müller"),
            ("=?iso-8859-1*de?q?M=FCller?= x", "Müller x"),
            ("=?utf-8?Q?a?= =?utf-8?Q?b?=  c", "ab  c"),
            ("=?utf-8?Q?M=C3?=\n =?utf-8?Q?=BCller?=", "Müller"),
            ("=?utf-8?Q?a?= =?iso-8859-1?Q?=FC?=", "aü"),
            ("=?utf-8?Q?a_b_?=c", "a b c"),
            ("=?windows-1251?Q?=CF=F0?=", "Пр"),
            ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
            ("=?x-nobody?Q?a?= b", "=?x-nobody?Q?a?= b"),
            ("=?utf-8?Q?=FF?=", "=?utf-8?Q?=FF?="),
            ("=?utf-8?X?a?= =?utf-8?Q?a b?= =?", "=?utf-8?X?a?= =?utf-8?Q?a b?= =?"),
            ("a =?utf-8?Q??= b", "a  b"),
        ]
    )
    func encodedWords(_ source: String, _ expected: String) throws {
        #expect(try field("Subject: " + source).decodedValue == expected)
    }

    @Test("an encoded word never gives control or direction characters")
    func controls() throws {
        let source = "Subject: =?utf-8?Q?a=0D=0ABcc:_x=00=1B[2J=E2=80=AE=E2=80=A8y?="
        #expect(
            try field(source).decodedValue
                == "a\\r\\nBcc: x\\x00\\x1b[2J\\u{202e}\\u{2028}y"
        )
        #expect(try field("Subject: folded\r\n\tby a tab").decodedValue == "folded by a tab")
    }

    @Test("many encoded words, complete or not, take linear time")
    func longValues() throws {
        let words = String(repeating: "=?utf-8?Q?=C3=BC?=\n ", count: 12_000) + "z"
        #expect(try field("Subject: " + words).decodedValue.count == 12_002)
        let starts = String(repeating: "=?a?q?", count: 40_000)
        #expect(try field("Subject: " + starts).decodedValue == starts)
    }
}
