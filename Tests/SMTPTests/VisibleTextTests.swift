import SMTP
import Testing

/// Text from elsewhere on a screen of ours.
@Suite struct VisibleTextTests {
    @Test(
        "no text from elsewhere steers what shows it",
        arguments: [
            ("\u{1b}]0;title\u{7}", "\\x1b]0;title\\x07"), ("a\r\nb\tc", "a\\r\\nb\\tc"),
            ("\u{9b}2J\u{7f}\u{0}", "\\x9b2J\\x7f\\x00"),
            ("a\u{202e}b\u{2066}c\u{2028}", "a\\u{202e}b\\u{2066}c\\u{2028}"),
            ("M\u{fc}ller \u{5d0}\u{200f}", "M\u{fc}ller \u{5d0}\u{200f}"), ("", ""),
        ]
    )
    func escapes(_ text: String, _ expected: String) {
        #expect(text.visible == expected)
        #expect(text.visible.visible == expected)
    }

    @Test("a text of several lines keeps its lines, and nothing else that steers")
    func lines() {
        #expect("one\n\ttwo\r\u{1b}[8m".visibleLines == "one\n\ttwo\\r\\x1b[8m")
    }
}
