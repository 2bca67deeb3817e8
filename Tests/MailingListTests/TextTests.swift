import Foundation
import MailingList
import OpenPGP
import SMTP
import TestSupport
import Testing

/// Every text, with every value that can stand in it, in every language.
@Suite struct TextTests {
    @Test(
        "a text names nothing that only the program knows",
        arguments: TextLanguage.allCases,
        TextName.allCases
    )
    func internalNames(language: TextLanguage, name: TextName) throws {
        for text in try TextSamples.renderings(of: name, in: language) {
            let words = text.prose.words
            #expect(words.isDisjoint(with: TextSamples.internalNames(in: language)), "\(text)")
            #expect(text.firstMatch(of: /\{[a-z-]+\}/) == nil, "\(text)")
            // Only the statement, which is signed, has a moment as programs write it.
            #expect(text.prose.firstMatch(of: /\d{4}-\d\d-\d\dT/) == nil, "\(text)")
            #expect(words.isDisjoint(with: ["she", "her", "hers"]), "\(text)")
            #expect(!text.contains("Optional("), "\(text)")
        }
    }

    @Test("a German text has no English words", arguments: TextName.allCases)
    func german(name: TextName) throws {
        for text in try TextSamples.renderings(of: name, in: .german) {
            let found = text.prose.words.intersection(TextSamples.englishWords)
            #expect(found.isEmpty, "\(found.sorted()) in:\n\(text)")
        }
    }

    @Test("an English text has no German words", arguments: TextName.allCases)
    func english(name: TextName) throws {
        for text in try TextSamples.renderings(of: name, in: .english) {
            #expect(!text.contains { "äöüÄÖÜß„".contains($0) }, "\(text)")
            #expect(text.prose.words.isDisjoint(with: TextSamples.germanWords), "\(text)")
        }
    }

    @Test("a line fits into a mail, and none reads like a command that nobody meant")
    func lines() throws {
        let meant: Set = [
            "accept", "reject", "discard", "trust", "set delivery", "key confirm",
        ]
        for language in TextLanguage.allCases {
            for name in TextName.allCases where name != .help {
                let body = language.template(name).body
                for line in body.split(separator: "\n") {
                    #expect(line.count <= 90, "\(line)")
                }
                // A mail program may quote nothing of a mail that it answers.
                let calls = CommandParser.calls(subject: "", text: body)
                let names = calls.map { $0.command.syntax.words.joined(separator: " ") }
                #expect(Set(names).isSubset(of: meant), "\(name): \(names)")
            }
        }
    }

    @Test("moments, sizes and reasons read as people write them")
    func words() throws {
        let time = TextValue.time(StoreSamples.start.addingTimeInterval(0))
        #expect(time.text(in: .english).hasSuffix(" UTC"))
        let moment = TextValue.time(Date(timeIntervalSince1970: 1_796_246_460))
        #expect(moment.text(in: .english) == "2 December 2026, 21:21 UTC")
        #expect(moment.text(in: .german) == "2. Dezember 2026, 21:21 UTC")
        for (octets, english, german) in [
            (10 << 20, "10 MB", "10 MB"), (3 << 19, "1.5 MB", "1,5 MB"), (34_900, "34 KB", "34 KB"),
            (512, "512 B", "512 B"),
        ] {
            #expect(TextValue.size(octets).text(in: .english) == english)
            #expect(TextValue.size(octets).text(in: .german) == german)
        }
        let objections = TextValue.objections([.notEncrypted, .notSubscribed])
        #expect(
            objections.text(in: .english) == "it was not encrypted; the author is not subscribed"
        )
        #expect(TextValue.reason("").text(in: .german) == "nicht angegeben")
    }

    @Test("each value of the program has words of its own in each language")
    func distinct() {
        for language in TextLanguage.allCases {
            func areDistinct(_ values: [TextValue]) -> Bool {
                Set(values.map { $0.text(in: language) }).count == values.count
            }
            #expect(areDistinct(Refusal.allCases.map { .objections([$0]) }))
            #expect(areDistinct(Workflow.Kind.allCases.map { .asks($0) }))
            #expect(areDistinct(Workflow.Kind.allCases.map { .did($0) }))
            #expect(areDistinct(Workflow.Kind.allCases.map { .wish($0) }))
            #expect(areDistinct(HeldDecision.allCases.map { .decision($0) }))
            #expect(areDistinct(TextSamples.problems.map { .problem($0) }))
        }
    }
}

extension String {
    /// The text without what is the same in every language: commands, settings, what is typed
    /// in a shell, addresses, and the statement.
    fileprivate var prose: String {
        // The statement first: the replacements below would cut lines out of it.
        var text = replacing(/openpgp-list-confirm-v1\n(?:[a-z-]+: [^\n]*\n?)*/, with: "")
        text = text.replacing(/set delivery (?:on|off)(?:\W+(?:on|off))?/, with: "")
        let commands = StandardCommands.all.map { $0.syntax.words.joined(separator: " ") }
        let typed =
            commands + ["set delivery on", "set delivery off", "set notify_owners_of"]
        for command in typed.sorted(by: { $0.count > $1.count }) {
            for (open, close) in [("\"", "\""), ("„", "“")] {
                text = text.replacing(open + command + close, with: "")
            }
            text = text.replacing("\n\(command)\n", with: "\n")
            text = text.replacing("\n\(command) ", with: "\n")
            text = text.replacing("\n  \(command)\n", with: "\n")
            if text.hasPrefix(command + " ") || text.hasPrefix(command + "\n") {
                text.removeFirst(command.count)
            }
        }
        text = text.replacing(/„(?:key add|key remove) [^“]*“/, with: "")
        text = text.replacing(/"(?:key add|key remove) [^"]*"/, with: "")
        text = text.replacing(/'listseal [^']*'/, with: "")
        text = text.replacing(/\n *(?:listseal|gpg|list:) [^\n]*/, with: "\n")
        text = text.replacing(/„list: [^“]*“|"list: [^"]*"/, with: "")
        text = text.replacing(/[^\s,;<>„“"]+@[^\s,;<>„“"]+/, with: "")
        return text
    }

    /// Its words, with hyphens and underscores in them.
    fileprivate var words: Set<String> {
        Set(
            split { !($0.isLetter || $0 == "-" || $0 == "_") }
                .map { String($0) }.filter { !$0.isEmpty }
        )
    }
}
