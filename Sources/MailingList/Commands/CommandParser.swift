/// Finds the commands of a mail, in its Subject and in the lines of its text.
///
/// People answer mails: the Subject gets a prefix in some language, and what was
/// said before stands below, quoted. What is quoted is not commanded.
public enum CommandParser {
    /// Commands of one mail; more are not looked at.
    public static let maximumCommands = 5
    /// Lines of a text in which commands are looked for.
    static let maximumLines = 200
    /// Characters of one command.
    static let maximumLine = 400
    /// Prefixes of replies in front of each other.
    private static let maximumPrefixes = 10

    /// A command with its arguments.
    public struct Call: Sendable {
        /// What is to be done.
        public let command: any MailCommand
        /// The words behind it.
        public let arguments: [String]
        /// Whether it stands in the text, and not in the Subject.
        public let isInText: Bool

        fileprivate var name: String {
            (command.syntax.words + arguments).joined(separator: " ").lowercased()
        }
    }

    /// The commands in order, each once.
    public static func calls(subject: String, text: String) -> [Call] {
        var lines = [(withoutPrefixes(subject), false)]
        for line in text.split(whereSeparator: \.isNewline).prefix(maximumLines) {
            // RFC 3676 §4.3: below "-- " stands a signature that programs add.
            if line == "-- " || line == "--" { break }
            guard line.first != ">", line.first != "|" else { continue }
            lines.append((String(line), true))
        }
        var calls: [Call] = []
        for (line, isInText) in lines {
            guard let call = call(in: line, isInText: isInText) else { continue }
            if let index = calls.firstIndex(where: { $0.name == call.name }) {
                // What the Subject says is worth more in a text that is signed.
                if isInText { calls[index] = call }
            } else if calls.count < maximumCommands {
                calls.append(call)
            }
        }
        // Found by itself, since programs that protect the Subject leave nothing of it;
        // but a quoted one never takes the place of what somebody commands.
        guard calls.isEmpty, Statement(in: text) != nil else { return calls }
        return [Call(command: KeyConfirmCommand(), arguments: [], isInText: true)]
    }

    private static func call(in line: String, isInText: Bool) -> Call? {
        guard line.utf8.count <= maximumLine else { return nil }
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        for command in StandardCommands.all {
            let name = command.syntax.words
            guard words.count >= name.count,
                zip(name, words).allSatisfy({ $0 == $1.lowercased() })
            else { continue }
            let arguments = Array(words.dropFirst(name.count))
            // A sentence that begins like a command is none.
            guard command.syntax.takes(arguments.count) else { continue }
            return Call(command: command, arguments: arguments, isInText: isInText)
        }
        return nil
    }

    // "Re:", "AW:", "SV:", "Antw:", "Re[2]:", "RE : ", "回复：" and what others write.
    private static func withoutPrefixes(_ subject: String) -> String {
        var rest = subject[...].drop(while: \.isWhitespace)
        for _ in 0..<maximumPrefixes {
            let word = rest.prefix { $0.isLetter }
            // A vacation notice is no answer, whatever it quotes.
            guard (1...4).contains(word.count), word.lowercased() != "auto" else { break }
            var after = rest[word.endIndex...]
            if after.first == "[" || after.first == "(" {
                after = after.dropFirst().drop(while: \.isNumber).dropFirst()
            }
            after = after.drop { $0 == " " || $0 == "\u{a0}" }
            guard after.first == ":" || after.first == "：" else { break }
            rest = after.dropFirst().drop(while: \.isWhitespace)
        }
        return String(rest)
    }
}
