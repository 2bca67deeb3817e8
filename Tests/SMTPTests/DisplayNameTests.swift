import SMTP
import Testing

/// Names that people give themselves, beside the address that was proven.
@Suite struct DisplayNameTests {
    @Test(
        "a name is quoted, bounded, and cannot push away or imitate the address before it",
        arguments: [
            ("Cora", "cora@people.test \"Cora\""),
            ("Anne <anne@people.test>", "cora@people.test"),
            ("anne\u{ff20}people.test", "cora@people.test"),
            ("anne\u{fe6b}people.test", "cora@people.test"),
            (
                "Anne" + String(repeating: "\u{3000}", count: 150) + "x",
                "cora@people.test \"Anne x\""
            ),
            ("A\u{2800}\u{3164}\u{a0}\tB", "cora@people.test \"A B\""),
            (
                "\u{202e}en\u{200b}nA\u{feff}\u{2069}\u{1b}[8m\u{e0041}",
                "cora@people.test \"ennA[8m\""
            ),
            ("\" (proven) \u{201d}", "cora@people.test \"' (proven) '\""),
            ("\u{200f}\u{200b} \u{3000}", "cora@people.test"), ("", "cora@people.test"),
            (
                "\u{0645}\u{06cc}\u{200c}\u{062e}",
                "cora@people.test \"\u{0645}\u{06cc}\u{200c}\u{062e}\""
            ),
            ("a\u{200d}b", "cora@people.test \"ab\""),
            (
                String(repeating: "long ", count: 100),
                "cora@people.test \"long long long long long long long long\u{2026}\""
            ),
        ]
    )
    func names(_ name: String, _ shown: String) throws {
        let address = try #require(EmailAddress("cora@people.test"))
        #expect(address.named(name) == shown)
        #expect(address.named(nil) == "cora@people.test")
    }

    @Test("no heap of combining marks covers the lines around a name")
    func marks() throws {
        let heap = "a" + String(repeating: "\u{0335}", count: 500) + "b"
        let name = try #require(DisplayName(heap))
        #expect(name.description.unicodeScalars.count == 5)
    }
}
