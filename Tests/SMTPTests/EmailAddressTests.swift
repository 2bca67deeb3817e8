import SMTP
import Testing

@Suite("E-mail addresses")
struct EmailAddressTests {
    @Test(
        "An address is parsed as written, and quoted only if necessary",
        arguments: [
            ("anne@example.org", "anne@example.org"),
            ("Anne.B+x@Example.ORG.", "Anne.B+x@Example.ORG"),
            ("\"a b\"@example.org", "\"a b\"@example.org"),
            ("\"anne\"@example.org", "anne@example.org"),
            ("\"a\\\"b@c\"@example.org", "\"a\\\"b@c\"@example.org"),
            ("j\u{fc}rgen@b\u{fc}cher.example", "j\u{fc}rgen@b\u{fc}cher.example"),
        ]
    )
    func reading(_ written: String, _ printed: String) {
        #expect(EmailAddress(written)?.description == printed)
    }

    @Test(
        "A text that is not exactly one address is refused",
        arguments: [
            "\"a  b\"@example.org", "\"a\u{85}b\"@example.org", "\"a\u{2028}b\"@example.org",
            "\"a\u{202e}b\"@example.org", "", "anne", "@example.org", "anne@", "a b@example.org",
            "<anne@example.org>",
            "anne@example.org ", "a..b@example.org", ".a@example.org", "a.@example.org",
            "anne@example..org", "anne@-x.example", "anne@x-.example", "anne@[192.0.2.1]",
            "@relay.example:anne@example.org", "anne@example.org, bart@example.org",
            "\"a\"b\"@example.org", "\"\"@example.org", "\"a\\\"@example.org",
            "anne\u{0}@example.org", "anne\u{202e}@example.org", "anne@exam\u{ad}ple.org",
            "\"a\r\nb\"@example.org", "anne(comment)@example.org",
        ]
    )
    func refusal(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test("Addresses are equal regardless of case and Unicode normal form")
    func equality() {
        #expect(EmailAddress("Anne@Example.ORG") == EmailAddress("anne@example.org"))
        #expect(EmailAddress("e\u{301}@example.org") == EmailAddress("\u{e9}@example.org"))
        #expect(EmailAddress("anne@example.org") != EmailAddress("anne+x@example.org"))
    }

    @Test("An address has at most 64 octets before the @, and 254 in all")
    func limits() {
        let name = String(repeating: "n", count: 64)
        let label = String(repeating: "d", count: 63)
        #expect(EmailAddress("\(name)@example.org") != nil)
        #expect(EmailAddress("\(name)n@example.org") == nil)
        #expect(EmailAddress("n@\(label).\(label).\(label).example") != nil)
        #expect(EmailAddress("n@\(label)d.example") == nil)
        #expect(EmailAddress("\(name)@\(label).\(label).\(label).example") == nil)
    }

    @Test("A rewritten address may have more than 64 octets before the @")
    func rewritten() {
        let name = String(repeating: "n", count: 64)
        let domain = Array(repeating: String(repeating: "d", count: 60), count: 3)
            .joined(separator: ".")
        let text = "\(name)=\(domain)+token@listseal.invalid"
        #expect(EmailAddress(text) == nil)
        #expect(EmailAddress(rewritten: text)?.description == text)
        #expect(EmailAddress(rewritten: "\(text)@") == nil)
        #expect(EmailAddress(rewritten: String(repeating: "n", count: 501) + "@example.org") == nil)
    }

    @Test(
        "A written address is parsed as the same address, even with combining marks",
        arguments: [
            "\"\\\\\u{301} a\"@evil.example", "\"\\\"\u{301}\"@evil.example",
            "\"\u{301} a\"@evil.example", "\"a@\u{301}b c\"@evil.example", "a\u{301}@b.example",
            "\"a.\u{301}.b\"@evil.example",
        ]
    )
    func roundTrip(text: String) throws {
        guard let address = EmailAddress(text) else { return }
        let again = try #require(EmailAddress(address.description))
        #expect(
            again.localPart.unicodeScalars.elementsEqual(address.localPart.unicodeScalars)
                && again == address
        )
    }
}
