import SMTP
import Testing

@Suite("an e-mail address")
struct EmailAddressTests {
    @Test(
        "is read as written, and quoted only where it must be",
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
        "is nothing else than one address",
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

    @Test("is the same in other case and another normal form")
    func equality() {
        #expect(EmailAddress("Anne@Example.ORG") == EmailAddress("anne@example.org"))
        #expect(EmailAddress("e\u{301}@example.org") == EmailAddress("\u{e9}@example.org"))
        #expect(EmailAddress("anne@example.org") != EmailAddress("anne+x@example.org"))
    }

    @Test("has at most 64 octets before the @, and 254 in all")
    func limits() {
        let name = String(repeating: "n", count: 64)
        let label = String(repeating: "d", count: 63)
        #expect(EmailAddress("\(name)@example.org") != nil)
        #expect(EmailAddress("\(name)n@example.org") == nil)
        #expect(EmailAddress("n@\(label).\(label).\(label).example") != nil)
        #expect(EmailAddress("n@\(label)d.example") == nil)
        #expect(EmailAddress("\(name)@\(label).\(label).\(label).example") == nil)
    }

    @Test("holds a whole address and more before the @ where this host rewrote it")
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
        "what is written is read as the same address, whatever combines with a quote",
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
