import MailingList
import SMTP
import Testing

/// Who stands in front of the Subject of a copy.
@Suite struct CopySubjectTests {
    private static func tagged(
        _ subject: String,
        by author: String? = "cora@people.test",
        in language: TextLanguage = .english
    ) -> String {
        CopySubject(author: author.flatMap { EmailAddress($0) }, language: language)
            .tagged(subject)
    }

    @Test(
        "the tags of earlier posts do not pile up, and none stands in front of the proven author",
        arguments: [
            ("Minutes", "[cora@people.test] Minutes"),
            ("Re: [anne@people.test] Minutes", "[cora@people.test] Re: Minutes"),
            ("Re: [anne@people.test] Re: Minutes", "[cora@people.test] Re: Minutes"),
            ("AW: [not verified] WG: x", "[cora@people.test] AW: WG: x"),
            ("[nicht bestätigt] x", "[cora@people.test] x"),
            ("[olga@people.test][anne@people.test]  x", "[cora@people.test] x"),
            ("Re: [\"a]b\"@people.test] x", "[cora@people.test] Re: x"),
            ("Re: [anne@people.test] [team] Re: x", "[cora@people.test] Re: [team] Re: x"),
            ("[team] x", "[cora@people.test] [team] x"),
            ("Note: [anne@people.test] x", "[cora@people.test] Note: [anne@people.test] x"),
            ("", "[cora@people.test]"), ("[", "[cora@people.test] ["),
            ("[anne@people.test]", "[cora@people.test]"),
        ]
    )
    func tags(_ subject: String, _ expected: String) {
        #expect(Self.tagged(subject) == expected)
        // A reply to the copy looks the same again.
        #expect(Self.tagged("Re: " + expected).hasPrefix("[cora@people.test] Re:"))
        #expect(Self.tagged(expected) == expected)
    }

    @Test("a post that nothing proves never has an address in front of its Subject")
    func unproven() {
        #expect(Self.tagged("x", by: nil) == "[not verified] x")
        #expect(Self.tagged("[anne@people.test] x", by: nil) == "[not verified] x")
        #expect(
            Self.tagged("Re: [not verified] x", by: nil, in: .german) == "[nicht bestätigt] Re: x"
        )
    }

    @Test("a long Subject of brackets takes linear time")
    func long() {
        let brackets = String(repeating: "[", count: 100_000)
        #expect(Self.tagged(brackets).count == 100_019)
        let answers = String(repeating: "Re: Fwd: ", count: 10_000)
        #expect(Self.tagged(answers + "x").hasSuffix("x"))
    }
}
