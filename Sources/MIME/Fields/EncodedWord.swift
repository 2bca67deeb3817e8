/// Encodes and decodes header text that is not ASCII: `=?utf-8?Q?M=C3=BCller?=`.
///
/// - SeeAlso: [RFC 2047 §2](https://www.rfc-editor.org/rfc/rfc2047#section-2)
enum EncodedWord {
    /// Decodes the encoded words of a text and keeps the rest unchanged.
    ///
    /// Adjacent words of one character set are joined as octets before they are decoded:
    /// RFC 2047 §5 forbids to split a character between two words, but mail programs do it.
    ///
    /// - Complexity: O(n): a word ends at its next `?`, so no octet is read again.
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(ASCII.question) else { return text }
        let bytes = Array(text.utf8)
        var result = ""
        var run: Run?
        var plainStart = 0
        var position = 0
        while position < bytes.count {
            guard let word = Word(in: bytes, at: position) else {
                position += 1
                continue
            }
            let gap = bytes[plainStart..<position]
            let isBetweenWords = run != nil && gap.allSatisfy(ASCII.isBlank)
            if isBetweenWords, run?.charset == word.charset {
                run?.append(word)
            } else {
                result += run?.text(in: bytes) ?? ""
                if !isBetweenWords { result += String(decoding: gap, as: UTF8.self) }
                run = Run(word)
            }
            position = word.range.upperBound
            plainStart = position
        }
        result += run?.text(in: bytes) ?? ""
        return result + String(decoding: bytes[plainStart...], as: UTF8.self)
    }

    /// Encodes a text as encoded words, separated by one space.
    ///
    /// It uses the Q encoding of RFC 2047 §5 (3), which is also allowed in a display name.
    /// Each word is short enough to share a line with the field name.
    static func encode(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let unit = String(scalar).utf8.flatMap(encoded)
            if word.count + unit.count > maximumEncodedLength {
                words.append(wrapped(word))
                word = []
            }
            word.append(contentsOf: unit)
        }
        if !word.isEmpty { words.append(wrapped(word)) }
        return words.joined(separator: " ")
    }

    // RFC 2047 §2 allows 75, of which 12 are `=?utf-8?Q?` and `?=`; the field name needs room.
    private static let maximumEncodedLength = 48

    private static func wrapped(_ word: [UInt8]) -> String {
        "=?utf-8?Q?" + String(decoding: word, as: UTF8.self) + "?="
    }

    private static func encoded(_ octet: UInt8) -> [UInt8] {
        if octet == ASCII.space { return [ASCII.underscore] }
        if ASCII.isLetter(octet) || ASCII.isDigit(octet) { return [octet] }
        return [ASCII.equals] + ASCII.hex(octet)
    }

    /// Adjacent words of one character set.
    private struct Run {
        let charset: String
        private var octets: [UInt8]
        private var range: Range<Int>

        init(_ word: Word) {
            charset = word.charset
            octets = word.octets
            range = word.range
        }

        mutating func append(_ word: Word) {
            octets.append(contentsOf: word.octets)
            range = range.lowerBound..<word.range.upperBound
        }

        /// The decoded text; the original words if the character set is unknown.
        func text(in bytes: [UInt8]) -> String {
            Charset.decode(octets, named: charset)
                ?? String(decoding: bytes[range], as: UTF8.self)
        }
    }

    private struct Word {
        let charset: String
        let octets: [UInt8]
        let range: Range<Int>

        private static let maximumCharsetLength = 64

        init?(in bytes: [UInt8], at start: Int) {
            guard start + 1 < bytes.count, bytes[start] == ASCII.equals,
                bytes[start + 1] == ASCII.question
            else { return nil }
            let names = bytes[(start + 2)...].prefix(Self.maximumCharsetLength)
            guard let nameEnd = names.firstIndex(of: ASCII.question), nameEnd > start + 2,
                nameEnd + 3 < bytes.count, bytes[nameEnd + 2] == ASCII.question
            else { return nil }
            let rest = bytes[(nameEnd + 3)...]
            guard
                let textEnd = rest.firstIndex(where: { $0 == ASCII.question || ASCII.isBlank($0) }),
                textEnd + 1 < bytes.count, bytes[textEnd] == ASCII.question,
                bytes[textEnd + 1] == ASCII.equals,
                let octets = Self.octets(of: rest[..<textEnd], encoding: bytes[nameEnd + 1])
            else { return nil }
            // RFC 2231 §5: `*` and a language may follow the character set.
            let name = names[..<nameEnd].prefix { $0 != Self.languageMark }
            charset = ASCII.lowercased(String(decoding: name, as: UTF8.self))
            self.octets = octets
            range = start..<textEnd + 2
        }

        private static let languageMark: UInt8 = 0x2a

        private static func octets(of text: ArraySlice<UInt8>, encoding: UInt8) -> [UInt8]? {
            switch ASCII.lower(encoding) {
            case UInt8(ascii: "b"): try? Base64.decode(text, limit: text.count)
            case UInt8(ascii: "q"):
                try? QuotedPrintable.decode(
                    text.map { $0 == ASCII.underscore ? ASCII.space : $0 }[...],
                    limit: text.count,
                    keepsTrailingBlanks: true
                )
            default: nil
            }
        }
    }
}
