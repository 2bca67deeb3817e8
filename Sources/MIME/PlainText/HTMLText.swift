import SMTP

/// Makes a plain text of HTML, for people who must not have the HTML shown.
///
/// Links are shown with their address. Styles have no effect: what an element hides by its own
/// attributes is shown in brackets with the word `hidden`, and what a style sheet hides or covers
/// is shown as any other text. Scripts, comments and style sheets are left out.
///
/// - Complexity: O(n) time and memory, without recursion. The text has at most
///   ``maximumLength`` octets, and ends in `[…]` if it was cut there.
public struct HTMLText: Sendable {
    /// The most octets of a text.
    public static let maximumLength = 1 << 20

    /// The text, in lines of LF, with what steers a display written as escapes.
    public let text: String

    /// Converts HTML.
    ///
    /// - Parameters:
    ///   - html: The document or a part of one, in UTF-8.
    ///   - hidden: The word in front of hidden text, in the reader's language.
    public init(_ html: String, hidden: String) {
        var writer = Writer(hiddenWord: hidden)
        for token in HTMLTokens(Array(html.utf8)) {
            writer.write(token)
            if writer.isFull { break }
        }
        text = writer.finished().visibleLines
    }
}

extension HTMLText {
    /// Puts the text together, line by line.
    private struct Writer {
        private let hiddenWord: String
        private var text = ""
        /// Line breaks that are due before the next word, at most two.
        private var breaks = 0
        private var needsSpace = false
        private var quoteDepth = 0
        private var preformattedDepth = 0
        /// The link that is open, and the words in it so far.
        private var link: (address: String, words: String)?
        /// The element that hides its content: its name, and how many of that name are open.
        private var hiding: (name: String, depth: Int, isMarked: Bool)?

        init(hiddenWord: String) { self.hiddenWord = hiddenWord }

        var isFull: Bool { text.utf8.count > HTMLText.maximumLength }

        mutating func write(_ token: HTMLTokens.Token) {
            switch token {
            case .text(let bytes): write(words: HTMLCharacters.decode(bytes))
            case .open(let name, let attributes): open(name, attributes)
            case .close(let name): close(name)
            }
        }

        mutating func finished() -> String {
            endLink()
            endHiding()
            if isFull {
                text = String(decoding: text.utf8.prefix(HTMLText.maximumLength), as: UTF8.self)
                return text + "\n[…]\n"
            }
            return text.isEmpty ? "" : text + "\n"
        }

        private mutating func open(_ name: String, _ attributes: HTMLAttributes) {
            if hiding?.name == "p", name == "p" { endHiding() }
            if let open = hiding, open.name == name { hiding?.depth += 1 }
            if hiding == nil, !Self.void.contains(name), attributes.isHidden {
                hiding = (name, 1, false)
            }
            breaks = max(breaks, text.isEmpty ? 0 : Self.breaks[name] ?? 0)
            switch name {
            case "br": breaks = text.isEmpty ? 0 : min(breaks + 1, 2)
            case "hr":
                append("----")
                breaks = 1
            case "li": append("-")
            case "td", "th": needsSpace = true
            case "blockquote": quoteDepth += 1
            case "pre": preformattedDepth += 1
            case "a":
                endLink()
                if let address = attributes["href"], !address.isEmpty { link = (address, "") }
            case "img":
                if let words = attributes["alt"], words.contains(where: { !$0.isWhitespace }) {
                    write(words: "[\(words)]")
                }
            default: break
            }
            if name == "li" { needsSpace = true }
        }

        private mutating func close(_ name: String) {
            switch name {
            case "blockquote": quoteDepth = max(0, quoteDepth - 1)
            case "pre": preformattedDepth = max(0, preformattedDepth - 1)
            case "a": endLink()
            default: break
            }
            if let open = hiding, open.name == name {
                hiding?.depth -= 1
                if open.depth == 1 { endHiding() }
            }
            breaks = max(breaks, text.isEmpty ? 0 : Self.breaks[name] ?? 0)
        }

        private mutating func write(words: String) {
            guard preformattedDepth == 0 else {
                for line in words.split(separator: "\n", omittingEmptySubsequences: false)
                    .enumerated()
                {
                    if line.offset > 0 { breaks = min(breaks + 1, 2) }
                    if !line.element.isEmpty { append(String(line.element)) }
                }
                return
            }
            if words.unicodeScalars.first?.properties.isWhitespace ?? false { needsSpace = true }
            for word in words.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
                append(String(word))
                needsSpace = true
            }
            needsSpace = words.unicodeScalars.last?.properties.isWhitespace ?? needsSpace
        }

        // Every character of the text passes here.
        private mutating func append(_ word: String) {
            if hiding?.isMarked == false {
                hiding?.isMarked = true
                append("[\(hiddenWord):")
                needsSpace = true
            }
            if breaks > 0 || text.isEmpty {
                text += String(repeating: "\n", count: text.isEmpty ? 0 : breaks)
                text += String(repeating: "> ", count: min(quoteDepth, Self.maximumQuotes))
            } else if needsSpace {
                text += " "
            }
            (breaks, needsSpace) = (0, false)
            text += word
            if let open = link, open.words.utf8.count < open.address.utf8.count {
                link?.words += word
            }
        }

        // A link that is its own text is not written twice.
        private mutating func endLink() {
            guard let open = link else { return }
            link = nil
            let plain = open.address.split(whereSeparator: \.isWhitespace).joined()
            guard plain != open.words, plain != "mailto:" + open.words else { return }
            needsSpace = true
            append("<\(plain)>")
        }

        private mutating func endHiding() {
            guard let open = hiding else { return }
            hiding = nil
            guard open.isMarked else { return }
            needsSpace = false
            if breaks > 0 { breaks = 0 }
            append("]")
        }

        private static let maximumQuotes = 8
        private static let void: Set<String> = [
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
            "track", "wbr",
        ]
        /// Line breaks around an element.
        private static let breaks: [String: Int] = {
            let lines =
                "address article aside body center dd details div dl dt fieldset figcaption "
                + "figure footer form header hr li main nav section summary tbody tr"
            let paragraphs = "blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul"
            var result: [String: Int] = [:]
            for name in lines.split(separator: " ") { result[String(name)] = 1 }
            for name in paragraphs.split(separator: " ") { result[String(name)] = 2 }
            return result
        }()
    }
}
