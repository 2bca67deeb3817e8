import SMTP
import Testing

@Suite("a path")
struct PathTests {
    @Test(
        "loses its brackets and its source route",
        arguments: [
            ("<anne@example.org>", "anne@example.org"), ("anne@example.org", "anne@example.org"),
            ("<>", ""), ("\"\"", ""), ("<@a.example,@b.example:anne@c.example>", "anne@c.example"),
        ]
    )
    func mailbox(_ argument: String, _ mailbox: String) {
        #expect(Path(argument: argument)?.mailbox == mailbox)
    }

    @Test("whose brackets do not pair is none")
    func unpaired() {
        #expect(Path(argument: "<anne@example.org") == nil)
    }

    @Test("back is an address, nobody, or not readable")
    func reverse() {
        #expect(ReversePath(argument: "<>") == .null)
        #expect(ReversePath(argument: "") == .null)
        #expect(ReversePath(argument: "<anne@example.org>").description == "<anne@example.org>")
        #expect(ReversePath(argument: "<a b>") == .unreadable)
        #expect(ReversePath(argument: "<a b>").address == nil)
        #expect(ReversePath(argument: "<a b>").description == "<>")
    }
}
