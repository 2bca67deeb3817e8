import SMTP

/// Finds an enhanced status code in the words of a server.
///
/// It counts only where a server writes one: behind a reply code ("550 5.1.1", "550-5.1.1"),
/// behind "#" or the word "status", or at the beginning of a line. "ExampleMail 5.1.0" is the
/// version of a program.
///
/// - SeeAlso: [RFC 2034 §4](https://www.rfc-editor.org/rfc/rfc2034#section-4)
enum BounceCode {
    /// Characters of a line that are looked at.
    private static let maximumLine = 1000
    /// Words that stand before a code.
    private static let names = ["status", "code"]

    /// The first code that says more than that something failed; nil if there is none.
    static func code(in line: some StringProtocol) -> EnhancedStatusCode? {
        var before: Substring?
        var isMarked = true
        for word in words(of: String(line.prefix(maximumLine))) {
            switch word {
            case .mark: isMarked = true
            case .word(let word):
                if let code = EnhancedStatusCode(word.trimmingDots), code.statusClass != 2,
                    code.subject != 0,
                    isMarked || before.map(announces) ?? true
                {
                    return code
                }
                (before, isMarked) = (word, false)
            }
        }
        return nil
    }

    private static func announces(_ word: Substring) -> Bool {
        if names.contains(word.lowercased()) { return true }
        return word.utf8.count == 3 && word.allSatisfy(\.isNumber)
            && (word.first == "4" || word.first == "5")
    }

    private enum Token {
        case word(Substring)
        /// "#", or the beginning of a line.
        case mark
    }

    private static func words(of text: String) -> [Token] {
        var tokens: [Token] = []
        var start: String.Index?
        for index in text.indices {
            let character = text[index]
            if character.isLetter || character.isNumber || character == "." {
                start = start ?? index
                continue
            }
            if let begun = start { tokens.append(.word(text[begun..<index])) }
            start = nil
            if character == "#" || character.isNewline { tokens.append(.mark) }
        }
        if let start { tokens.append(.word(text[start...])) }
        return tokens
    }
}

extension Substring {
    fileprivate var trimmingDots: Substring {
        var text = self
        while text.last == "." { text = text.dropLast() }
        return text.drop { $0 == "." }
    }
}
