import MIME
import Testing

/// Plain text that is made of HTML.
@Suite struct HTMLTextTests {
    private static func text(_ html: String) -> String { HTMLText(html, hidden: "hidden").text }

    @Test(
        "HTML becomes the text that its reader would see",
        arguments: [
            ("", ""), ("words", "words\n"), ("  a\n b  ", "a b\n"), ("<p>a</p><p>b", "a\n\nb\n"),
            ("<div>a</div><div>b</div>", "a\nb\n"), ("a<br>b<br/><br><br><br>c", "a\nb\n\nc\n"),
            ("<b>bo</b>ld <i>it</i>", "bold it\n"), ("<ul><li>a<li>b</ul>c", "- a\n- b\n\nc\n"),
            ("<blockquote>a<p>b</blockquote>c", "> a\n\n> b\n\nc\n"),
            ("<pre>a\n  b</pre>", "a\n  b\n"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc\n"),
            ("<head><title>t</title><style>p{}</style></head><script>x()</script>b", "b\n"),
            ("<!-- a > b -->c<!doctype html><?x?>d", "cd\n"), ("<hr>a", "----\na\n"),
            ("1 < 2 && 3 > 2 <3", "1 < 2 && 3 > 2 <3\n"),
            (
                "M&uuml;ller &amp; &#8364; &#x1F600; &#128; &nope; &lt;b&gt;",
                "Müller & € 😀 € &nope; <b>\n"
            ),
            ("<img src=x alt='a cat'><img src=y>", "[a cat]\n"),
            ("<P CLASS=\"a>b\">c</P>", "c\n"),
        ]
    )
    func shown(_ html: String, _ expected: String) {
        #expect(Self.text(html) == expected)
    }

    @Test(
        "a link never hides where it leads",
        arguments: [
            (
                "<a href=\"https://evil.example/\">https://bank.example/</a>",
                "https://bank.example/ <https://evil.example/>\n"
            ),
            ("<a href='https://a.example/'>https://a.example/</a>", "https://a.example/\n"),
            ("<a href=mailto:a@b.example>a@b.example</a>", "a@b.example\n"),
            ("<a href=\"x y\">no end", "no end <xy>\n"), ("<a name=x>y</a>", "y\n"),
        ]
    )
    func links(_ html: String, _ expected: String) {
        #expect(Self.text(html) == expected)
    }

    @Test(
        "text that HTML hides is shown as hidden text",
        arguments: [
            ("a<span style=\"display: none\">b</span>c", "a[hidden: b]c\n"),
            ("a <div hidden>b<div>c</div></div>d", "a\n[hidden: b\nc]\nd\n"),
            ("<p style='color:red;FONT-SIZE:0 !important'>a<p>b", "[hidden: a]\n\nb\n"),
            ("<span style=\"visibility:hidden\"></span>a", "a\n"),
            ("<span style=\"display:none\">never closed", "[hidden: never closed]\n"),
            ("<span style=\"display:block\">a</span>", "a\n"),
        ]
    )
    func hidden(_ html: String, _ expected: String) {
        #expect(Self.text(html) == expected)
    }

    @Test("no character of HTML steers the display")
    func controls() {
        #expect(Self.text("a&#27;[2Jb\u{202e}c&#x202e;") == "a\\x1b[2Jb\\u{202e}c\\u{202e}\n")
    }

    @Test(
        "hostile HTML takes linear time, and its text is bounded",
        arguments: [
            "<", "<a ", "<a \"", "<a x='", "<!--", "<!", "<div>", "<div hidden>", "<blockquote>x",
            "&", "&#", "<p hidden>x", "<a href=x>", "</", "<script>", "<br>x", "<style", "a b ",
            "<a = \"'",
        ]
    )
    func hostile(_ piece: String) {
        let many = String(repeating: piece, count: 400_000 / piece.utf8.count)
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(Self.text(many).utf8.count <= HTMLText.maximumLength + 10)
        }
        #expect(time < .seconds(30), "\(piece)")
    }

    @Test("a long text is cut, and says so")
    func long() {
        let text = Self.text(String(repeating: "word <b>x</b> ", count: 300_000))
        #expect(text.hasSuffix("\n[…]\n") && text.utf8.count <= HTMLText.maximumLength + 8)
    }
}
