import SMTP
import Testing

@Suite("Paths of MAIL FROM and RCPT TO")
struct PathTests {
    @Test(
        "Brackets and a source route are removed",
        arguments: [
            ("<anne@example.org>", "anne@example.org"), ("anne@example.org", "anne@example.org"),
            ("<>", ""), ("\"\"", ""), ("<@a.example,@b.example:anne@c.example>", "anne@c.example"),
        ]
    )
    func mailbox(_ argument: String, _ mailbox: String) {
        #expect(Path(argument: argument)?.mailbox == mailbox)
    }

    @Test("A path with only one bracket is invalid")
    func unpaired() {
        #expect(Path(argument: "<anne@example.org") == nil)
    }

    @Test("A reverse-path is an address, null, or unreadable")
    func reverse() {
        #expect(ReversePath(argument: "<>") == .null)
        #expect(ReversePath(argument: "") == .null)
        #expect(ReversePath(argument: "<anne@example.org>").description == "<anne@example.org>")
        #expect(ReversePath(argument: "<a b>") == .unreadable)
        #expect(ReversePath(argument: "<a b>").address == nil)
        #expect(ReversePath(argument: "<a b>").description == "<>")
    }
}
