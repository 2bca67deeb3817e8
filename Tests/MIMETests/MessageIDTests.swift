import MIME
import TestSupport
import Testing

@Suite("Message identifiers") struct MessageIDTests {
    @Test("an identifier is read with its brackets")
    func takes() {
        #expect(MessageID(" <a.b+c@example.org> ")?.text == "<a.b+c@example.org>")
        #expect(
            MessageID.list("<a@b> x\t<c@d>,<e@f> <g>").map(\.text) == ["<a@b>", "<c@d>", "<e@f>"]
        )
    }

    @Test(
        "a text that could be more than one identifier gives nil",
        arguments: [
            "", "<>", "<@>", "a@b", "<a@>", "<@b>", "<a b@c>", "<a@b> <c@d>", "<a@b\r\nBcc: x>",
            "<a<b@c>", "<ä@b>", "<\(String(repeating: "x", count: 900))@b>",
        ]
    )
    func refuses(_ text: String) {
        #expect(MessageID(text) == nil)
    }

    @Test("new identifiers and boundaries are valid and always different")
    func random() throws {
        var generator = SeededGenerator(seed: 7)
        let one = MessageID.random(domain: "example.org", using: &generator)
        let two = MessageID.random(domain: "example.org", using: &generator)
        #expect(one != two)
        #expect(MessageID(one.text) == one)
        #expect(one.text.hasSuffix("@example.org>"))
        let odd = MessageID.random(domain: "a>\r\nBcc: x", using: &generator)
        #expect(MessageID(odd.text) == odd)
        let boundary = Boundary.random(using: &generator)
        #expect(boundary.utf8.count == 34)
        #expect(boundary != Boundary.random(using: &generator))
    }
}
