import Foundation
import MailingList
import Testing

@Suite struct CommandParserTests {
    @Test(
        "a command is found in the Subject, whatever a reply put in front",
        arguments: [
            "subscribe", "Subscribe", "  SUBSCRIBE ", "Re: subscribe", "RE: Re: subscribe",
            "AW: subscribe", "Antw: subscribe", "Re[2]: subscribe", "RE : subscribe",
            "回复：subscribe", "SV: VS: subscribe", "Fwd: subscribe",
        ]
    )
    func subject(subject: String) {
        #expect(Self.names(subject) == ["subscribe"])
    }

    @Test(
        "what only looks like a command is none",
        arguments: [
            "", "subscribe me please", "I want to subscribe", "Auto: subscribe",
            "Automatic reply: subscribe", "key", "key set", "set delivery", "confirm",
            "subscribe\u{0}x", "unsubscribes", "key-set token",
        ]
    )
    func none(subject: String) {
        #expect(Self.names(subject).isEmpty)
    }

    @Test("arguments are kept as they were written")
    func arguments() throws {
        let call = try #require(
            CommandParser.calls(subject: "Re: KEY  Set AbC", text: "").first
        )
        #expect(call.command.syntax.words == ["key", "set"])
        #expect(call.arguments == ["AbC"])
    }

    @Test("the longer name wins over one that it begins with")
    func longest() {
        #expect(Self.names("key change") == ["key change"])
        #expect(Self.names("key confirm") == ["key confirm"])
        #expect(Self.names("key receive") == ["key receive"])
    }

    @Test("lines of the text are commands; what is quoted, signed below or repeated is not")
    func lines() {
        let text = """
            help
            Dear list,
            info
            HELP
            > unsubscribe
            | unsubscribe
            -- 
            unsubscribe
            """
        #expect(Self.names("[...]", text) == ["help", "info"])
        #expect(Self.names("help", text) == ["help", "info"])
    }

    @Test("a statement commands by itself, and never in the place of what somebody wrote")
    func statements() {
        let statement =
            "> openpgp-list-confirm-v1 action: a list: b address: c fingerprint: d token: e "
            + "expires: f"
        #expect(Self.names("Re: [...]", statement) == ["key confirm"])
        #expect(Self.names("Re: [...]", "accept abc\n" + statement) == ["accept"])
    }

    @Test("a mail has five commands at most, in two hundred lines")
    func limits() {
        let many = (0..<10).map { "confirm \($0)" }.joined(separator: "\n")
        #expect(Self.names("", many).count == 5)
        #expect(Self.names("", String(repeating: "x\n", count: 199) + "help") == ["help"])
        #expect(Self.names("", String(repeating: "x\n", count: 200) + "help").isEmpty)
        #expect(Self.names("reject x " + String(repeating: "y", count: 400)).isEmpty)
    }

    @Test("every command has a name of its own and says what it does")
    func table() {
        let names = StandardCommands.all.map(\.syntax.words)
        #expect(Set(names).count == names.count)
        #expect(StandardCommands.all.allSatisfy { $0.syntax.summary.hasSuffix(".") })
        for (index, name) in names.enumerated() {
            // The parser takes the first whose words fit.
            #expect(!names[..<index].contains { name.starts(with: $0) }, "\(name)")
        }
    }

    @Test("the manual's table of commands is what the code says")
    func manual() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/MailingList/Documentation.docc/Commands.md")
        let manual = try String(contentsOf: file, encoding: .utf8)
        let table = StandardCommands.table
        #expect(manual.hasSuffix("\n\n" + table), "it should end so:\n\(table)")
    }

    private static func names(_ subject: String, _ text: String = "") -> [String] {
        CommandParser.calls(subject: subject, text: text)
            .map { $0.command.syntax.words.joined(separator: " ") }
    }
}
