/// Splits HTML into tags and text, forgivingly and in one pass.
///
/// What a browser would not show is left out: comments, scripts, styles, templates. Everything
/// else that may be text is text, so that nothing a reader of the HTML sees is missing.
struct HTMLTokens: Sequence, IteratorProtocol {
    /// A piece of HTML.
    enum Token {
        /// Text, with its character references.
        case text(ArraySlice<UInt8>)
        /// A start tag, its name in lower case.
        case open(String, HTMLAttributes)
        /// An end tag, its name in lower case.
        case close(String)
    }

    private let html: [UInt8]
    private var position = 0
    /// Whether no tag ends any more, so that the rest is text: else each `<` reads to the end.
    private var isRestText = false

    init(_ html: [UInt8]) { self.html = html }

    mutating func next() -> Token? {
        while position < html.count {
            let start = position
            position = isRestText ? html.count : textEnd(from: start)
            if position > start { return .text(html[start..<position]) }
            if let token = markup() { return token }
        }
        return nil
    }

    private func textEnd(from start: Int) -> Int {
        var end = start
        while end < html.count, html[end] != ASCII.less || !isMarkup(at: end) { end += 1 }
        return end
    }

    // HTML §13.2.5.6: only a letter, `/`, `!` or `?` behind `<` begins markup.
    private func isMarkup(at index: Int) -> Bool {
        guard index + 1 < html.count else { return false }
        let next = html[index + 1]
        return ASCII.isLetter(next) || next == ASCII.slash || next == Self.exclamation
            || next == ASCII.question
    }

    /// Reads what begins with `<`; nil if nothing of it is shown.
    private mutating func markup() -> Token? {
        if html[position...].starts(with: "<!--".utf8) {
            position = end(of: "-->", from: position + 4)
            return nil
        }
        let isEnd = html[position + 1] == ASCII.slash
        let nameStart = position + (isEnd ? 2 : 1)
        var nameEnd = nameStart
        while nameEnd < html.count, isName(html[nameEnd]) { nameEnd += 1 }
        guard nameEnd > nameStart, ASCII.isLetter(html[nameStart]) else {
            position = end(of: ">", from: position + 1)
            return nil
        }
        guard let close = tagEnd(from: nameEnd) else {
            isRestText = true
            return nil
        }
        let name = ASCII.lowercased(
            String(decoding: html[nameStart..<Swift.min(nameEnd, nameStart + 32)], as: UTF8.self)
        )
        position = close + 1
        if isEnd { return .close(name) }
        if Self.unseen.contains(name) { skipContent(of: name) }
        return .open(name, HTMLAttributes(html[nameEnd..<close]))
    }

    private mutating func skipContent(of name: String) {
        position = end(of: ">", from: end(of: "</" + name, from: position))
    }

    // A `>` in quotes does not end a tag.
    private func tagEnd(from start: Int) -> Int? {
        var quote: UInt8?
        var last: UInt8 = 0
        for index in start..<html.count {
            let octet = html[index]
            if let open = quote {
                if octet == open { quote = nil }
            } else if octet == UInt8(ascii: ">") {
                return index
            } else if octet == ASCII.quote || octet == Self.apostrophe {
                // Only the value of an attribute is quoted.
                if last == ASCII.equals { quote = octet }
            }
            if octet > ASCII.space { last = octet }
        }
        return nil
    }

    private func end(of mark: String, from start: Int) -> Int {
        let mark = Array(mark.utf8)
        var index = start
        while index + mark.count <= html.count {
            if html[index..<index + mark.count].elementsEqual(mark, by: { ASCII.lower($0) == $1 }) {
                return index + mark.count
            }
            index += 1
        }
        return html.count
    }

    private func isName(_ octet: UInt8) -> Bool {
        octet > ASCII.space && octet != ASCII.slash && octet != UInt8(ascii: ">")
    }

    private static let unseen: Set<String> = ["script", "style", "title", "template", "iframe"]
    private static let exclamation = UInt8(ascii: "!")
    private static let apostrophe = UInt8(ascii: "'")
}

/// The attributes of a start tag, read when they are asked for.
struct HTMLAttributes {
    /// The longest value, in octets.
    private static let maximumValue = 2048

    private let source: ArraySlice<UInt8>

    init(_ source: ArraySlice<UInt8>) { self.source = source }

    /// The value of the first attribute with this name; empty if it has none, nil if there is
    /// no such attribute.
    subscript(name: String) -> String? {
        var rest = source
        while true {
            rest = rest.drop { $0 <= ASCII.space || $0 == ASCII.slash }
            guard !rest.isEmpty else { return nil }
            let word = rest.prefix { $0 > ASCII.space && $0 != ASCII.equals && $0 != ASCII.slash }
            // An equals sign in the place of a name is a part of it.
            guard !word.isEmpty else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest[word.endIndex...].drop { $0 <= ASCII.space }
            var value: ArraySlice<UInt8> = []
            if rest.first == ASCII.equals {
                rest = rest.dropFirst().drop { $0 <= ASCII.space }
                if let quote = rest.first, quote == ASCII.quote || quote == UInt8(ascii: "'") {
                    value = rest.dropFirst().prefix { $0 != quote }
                    rest = rest[value.endIndex...].dropFirst()
                } else {
                    value = rest.prefix { $0 > ASCII.space }
                    rest = rest[value.endIndex...]
                }
            }
            if word.elementsEqual(name.utf8, by: { ASCII.lower($0) == $1 }) {
                return HTMLCharacters.decode(value.prefix(Self.maximumValue))
            }
        }
    }

    /// Whether the element says of itself that it is not shown.
    var isHidden: Bool {
        if self["hidden"] != nil { return true }
        guard let style = self["style"] else { return false }
        let rules = style.lowercased().filter { !$0.isWhitespace }.split(separator: ";")
        return rules.contains { rule in
            let words = rule.replacing("!important", with: "")
            return Self.hiding.contains(String(words))
        }
    }

    private static let hiding: Set<String> = [
        "display:none", "visibility:hidden", "visibility:collapse", "opacity:0", "mso-hide:all",
        "font-size:0", "font-size:0px", "font-size:1px", "max-height:0", "max-height:0px",
        "color:transparent",
    ]
}
