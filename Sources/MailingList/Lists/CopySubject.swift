public import SMTP

/// The Subject of a copy: who is proven to have written the post, then the author's words.
///
/// Mail programs show the Subject apart from the text, so nothing in a post can hide or imitate
/// what the list writes first. An author can write any brackets behind it: only the first count.
public struct CopySubject: Sendable, Hashable {
    /// The author whom a signature by a confirmed key proves; nil if nothing proves who it is.
    private let author: EmailAddress?
    private let language: TextLanguage

    /// Names the proven author, for readers of a language.
    public init(author: EmailAddress?, language: TextLanguage) {
        self.author = author
        self.language = language
    }

    /// The words that stand first: `[anne@example.org]`.
    public var tag: String { "[" + TextValue.provenAuthor(author).text(in: language) + "]" }

    /// Puts the tag in front of a Subject, in place of the tags of earlier posts.
    ///
    /// `Re: [anne@example.org] Minutes` becomes `[cora@example.org] Re: Minutes`.
    public func tagged(_ subject: String) -> String {
        let rest = Self.untagged(subject)
        return rest.isEmpty ? tag : "\(tag) \(rest)"
    }

    /// A Subject without the tags in front of its words; the same if there is none.
    ///
    /// Mail programs put `Re:` in front of each answer, so a tag stands behind it, and equal
    /// marks of that kind become one.
    public static func untagged(_ subject: String) -> String {
        var marks: [Substring] = []
        var rest = subject[...]
        var isTagged = false
        while true {
            rest = rest.drop(while: \.isWhitespace)
            if let mark = answerMark(rest) {
                if marks.last?.lowercased() != mark.lowercased() { marks.append(mark) }
                rest = rest[mark.endIndex...]
            } else if let end = endOfTag(rest) {
                isTagged = true
                rest = rest[end...]
            } else {
                break
            }
        }
        return isTagged ? (marks + [rest]).joined(separator: " ") : subject
    }

    /// The longest tag, in characters: an address and the brackets.
    private static let maximumTag = EmailAddress.maximumLength + 2
    private static let answers: Set<String> = [
        "re", "aw", "antw", "sv", "vs", "wg", "fw", "fwd", "tr", "rv", "odp", "ynt",
    ]

    // `Re:`, `AW:`, `Fwd:`.
    private static func answerMark(_ text: Substring) -> Substring? {
        let word = text.prefix(5)
        guard let colon = word.firstIndex(of: ":"),
            answers.contains(word[..<colon].lowercased())
        else { return nil }
        return text[...colon]
    }

    private static func endOfTag(_ text: Substring) -> Substring.Index? {
        guard text.first == "[" else { return nil }
        let start = text.index(after: text.startIndex)
        let words = TextLanguage.allCases.map { TextValue.provenAuthor(nil).text(in: $0) }
        // The local part of an address may contain a bracket, too.
        for close in text.prefix(maximumTag).indices where text[close] == "]" {
            let inside = String(text[start..<close])
            if words.contains(inside) || EmailAddress(inside) != nil {
                return text.index(after: close)
            }
        }
        return nil
    }
}
