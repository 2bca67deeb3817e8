/// Text from elsewhere, made visible: nothing in it steers the terminal, the log or the mail program that shows it.
///
/// Everything that somebody else has written, and that a line of ours shows, passes here: user
/// ids, display names, subjects, replies of other servers, what an engine or a filter says.
public enum VisibleText {
    /// The text with each character that would steer its display written as an escape.
    ///
    /// Control characters become `\n`, `\r`, `\t` or `\x1b`, as gpg writes them. Line
    /// separators and direction overrides become `\u{202e}`. The marks U+200E and U+200F and
    /// the joiners stay: Hebrew, Persian and Hindi need them, and they reorder nothing that is
    /// outside of their word.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - keepsLines: Whether line feeds and tabs stay, for a text of several lines.
    /// - Returns: The same text if there is nothing to escape.
    /// - Complexity: O(n).
    public static func escaped(_ text: String, keepsLines: Bool = false) -> String {
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { steers($0) }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in scalars {
            let isLayout = scalar == "\n" || scalar == "\t"
            if steers(scalar), !(keepsLines && isLayout) {
                result.append(contentsOf: escape(scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether a character is a control character, a line separator or a direction override.
    public static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1f, 0x7f...0x9f, 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default:
            let digits = String(scalar.value, radix: 16)
            guard scalar.value < 0x100 else { return "\\u{\(digits)}" }
            return "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
        }
    }
}

extension String {
    /// The text on one line, with ``VisibleText/escaped(_:keepsLines:)``.
    public var visible: String { VisibleText.escaped(self) }

    /// The text on its lines, with ``VisibleText/escaped(_:keepsLines:)``.
    public var visibleLines: String { VisibleText.escaped(self, keepsLines: true) }
}
